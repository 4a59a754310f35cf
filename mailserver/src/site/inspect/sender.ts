// Will others believe what we send? SPF is evaluated as a receiver would, for each of our addresses.
import { spf } from 'mailauth/lib/spf/index.js'
import { recordsOf } from '../records'
import type { Finding, Inspected } from './finding'

const area = 'sender'

const publish = (site: Inspected, name: string): string => {
  const record = recordsOf(site).find((each) => each.name === name && each.type === 'TXT')
  return record ? `publish: ${name}. IN TXT ${record.value}` : ''
}

const spfOf = async (site: Inspected, domain: string): Promise<Finding> => {
  const { config, names } = site
  const records = (await names.texts(domain)).filter((text) => /^v=spf1( |$)/i.test(text))
  const mend = publish(site, domain)
  if (records.length === 0) return { area, state: 'wrong', says: `${domain} has no SPF record`, mend }
  // RFC 7208 section 4.5: more than one is a permanent error.
  if (records.length > 1)
    return { area, state: 'wrong', says: `${domain} has ${records.length} SPF records; one is allowed`, mend }
  if (config.relay_host)
    return { area, state: 'ok', says: `${domain} has SPF; ${config.relay_host} sends for it` }
  const addresses = await names.addresses(config.mail_hostname)
  for (const ip of addresses) {
    const answer = await spf({
      sender: `postmaster@${domain}`,
      ip,
      helo: config.mail_hostname,
      mta: config.mail_hostname,
      resolver: names.resolve as never,
    })
    if (answer.status.result !== 'pass')
      return {
        area,
        state: 'wrong',
        says: `SPF of ${domain} does not let ${ip} send (${answer.status.result})`,
        mend,
      }
  }
  return { area, state: 'ok', says: `SPF of ${domain} lets ${addresses.join(', ') || 'nobody yet'} send` }
}

const keyOf = (text: string): string => /(?:^|;)\s*p=([^;]*)/.exec(text)?.[1]?.replace(/\s/g, '') ?? ''

const dkimOf = async (site: Inspected, domain: string): Promise<Finding> => {
  const { name, text } = site.dkim.record(domain)
  const [published] = await site.names.texts(name)
  const mend = publish(site, name)
  if (published === undefined) return { area, state: 'wrong', says: `${name} is not published`, mend }
  if (keyOf(published) !== keyOf(text))
    return { area, state: 'wrong', says: `${name} holds another key than we sign with`, mend }
  return { area, state: 'ok', says: `DKIM: ${name} holds the key we sign with` }
}

const dmarcOf = async (site: Inspected, domain: string): Promise<Finding> => {
  const name = `_dmarc.${domain}`
  const found = (await site.names.texts(name)).find((text) => text.startsWith('v=DMARC1'))
  if (!found)
    return { area, state: 'warning', says: `${domain} has no DMARC record`, mend: publish(site, name) }
  const policy = /;\s*p=(\w+)/.exec(found)?.[1] ?? 'none'
  return policy === 'none'
    ? { area, state: 'warning', says: `DMARC of ${domain} only watches (p=none)`, mend: publish(site, name) }
    : { area, state: 'ok', says: `DMARC of ${domain} asks to ${policy} forgeries` }
}

export const inspectSender = async (site: Inspected): Promise<Finding[]> => {
  const each = site.config.dkim ? [spfOf, dkimOf, dmarcOf] : [spfOf, dmarcOf]
  return Promise.all(site.config.domains.flatMap((domain) => each.map((look) => look(site, domain))))
}
