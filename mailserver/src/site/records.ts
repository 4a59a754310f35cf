// What a domain publishes so that mail finds this server and others believe what it sends. `setup` prints it,
// `check` compares it with what the world sees.
import type { Config } from '../core/config'
import type { Dkim } from '../checks/dkim'

export interface DnsRecord {
  name: string
  type: 'A' | 'AAAA' | 'MX' | 'TXT' | 'SRV' | 'PTR'
  value: string
  why: string
}

export interface Site {
  config: Config
  dkim: Pick<Dkim, 'record'>
  /** Addresses the world reaches this server at; none are known behind a translating router. */
  addresses: readonly string[]
}

// RFC 1035 section 3.3: a character-string holds 255 bytes; a longer text is several, which readers join.
const quoted = (text: string): string =>
  (text.match(/.{1,255}/g) ?? ['']).map((piece) => `"${piece.replace(/["\\]/g, '\\$&')}"`).join(' ')

const addressRecords = ({ config, addresses }: Site): DnsRecord[] => {
  const known = addresses.length > 0 ? addresses : ['(the public address of this machine)']
  return known.flatMap((address) => [
    {
      name: config.mail_hostname,
      type: address.includes(':') ? ('AAAA' as const) : ('A' as const),
      value: address,
      why: 'where this server is',
    },
    {
      name: address,
      type: 'PTR' as const,
      value: `${config.mail_hostname}.`,
      why: 'set at whoever gave you the address; without it many refuse mail',
    },
  ])
}

// RFC 7208 section 5.4: `mx` stands for the hosts named by MX. Through a relay host its servers send, and only its
// owner knows which these are.
const spfOf = ({ relay_host: relay }: Config): string =>
  relay ? `v=spf1 mx include:${relay.replace(/:\d+$/, '')} ~all` : 'v=spf1 mx -all'

const domainRecords = ({ config, dkim }: Site, domain: string): DnsRecord[] => {
  const key = dkim.record(domain)
  const { submission_port: submission, imaps_port: imaps, mail_hostname: host } = config
  const service = (name: string, port: number | 'off'): DnsRecord[] =>
    port === 'off'
      ? []
      : [
          {
            name: `${name}.${domain}`,
            type: 'SRV',
            value: `0 1 ${port} ${host}.`,
            why: 'mail programs find their settings by it (RFC 6186)',
          },
        ]
  return [
    { name: domain, type: 'MX', value: `10 ${host}.`, why: 'mail for the domain comes here' },
    { name: domain, type: 'TXT', value: quoted(spfOf(config)), why: 'who may send for it (SPF)' },
    ...(config.dkim
      ? [
          {
            name: key.name,
            type: 'TXT' as const,
            value: quoted(key.text),
            why: 'the key of our DKIM signatures',
          },
        ]
      : []),
    {
      name: `_dmarc.${domain}`,
      type: 'TXT',
      value: quoted(`v=DMARC1; p=quarantine; rua=mailto:postmaster@${domain}`),
      why: 'what others do with forgeries (DMARC)',
    },
    ...service('_submission._tcp', submission),
    ...service('_imaps._tcp', imaps),
  ]
}

export const recordsOf = (site: Site): DnsRecord[] => [
  ...addressRecords(site),
  ...site.config.domains.flatMap((domain) => domainRecords(site, domain)),
]

/** Lines of a zone file, each with its reason above it; the PTR belongs to another zone and is a remark. */
export const asZone = (records: readonly DnsRecord[]): string =>
  records
    .map(({ name, type, value, why }) =>
      type === 'PTR'
        ? `; reverse of ${name}: ${value}   (${why})`
        : `; ${why}\n${`${name}.`.padEnd(34)} IN ${type.padEnd(4)} ${value}`,
    )
    .join('\n')
