// Does mail for our domains find this server, and does the address lead back to its name?
import type { Finding, Inspected } from './finding'

const area = 'dns'
const plain = (name: string): string => name.toLowerCase().replace(/\.$/, '')

const mxOf = async ({ config, names }: Inspected, domain: string): Promise<Finding> => {
  const found = await names.mx(domain)
  const hosts = found
    .sort((one, other) => one.priority - other.priority)
    .map(({ exchange }) => plain(exchange))
  const mend = `publish: ${domain}. IN MX 10 ${config.mail_hostname}.`
  if (hosts.length === 0) return { area, state: 'wrong', says: `${domain} has no MX record`, mend }
  if (!hosts.includes(config.mail_hostname))
    return { area, state: 'wrong', says: `mail for ${domain} goes to ${hosts.join(', ')}, not here`, mend }
  return { area, state: 'ok', says: `mail for ${domain} comes to ${hosts.join(', ')}` }
}

const reverseOf = async ({ config, names }: Inspected, address: string): Promise<Finding> => {
  const found = (await names.reverse(address)).map(plain)
  if (found.includes(config.mail_hostname))
    return { area, state: 'ok', says: `${address} leads back to ${config.mail_hostname}` }
  return {
    area,
    state: 'warning',
    says: `${address} leads back to ${found.join(', ') || 'no name'}, not to ${config.mail_hostname}`,
    mend: 'whoever gave you the address sets its reverse name (PTR); many servers refuse mail without it',
  }
}

export const inspectDns = async (site: Inspected): Promise<Finding[]> => {
  const { config, names } = site
  const addresses = await names.addresses(config.mail_hostname)
  const found: Finding =
    addresses.length > 0
      ? { area, state: 'ok', says: `${config.mail_hostname} is ${addresses.join(', ')}` }
      : {
          area,
          state: 'wrong',
          says: `${config.mail_hostname} has no address`,
          mend: `publish an A or AAAA record for ${config.mail_hostname}, or correct mail_hostname`,
        }
  return [
    ...(await Promise.all(config.domains.map((domain) => mxOf(site, domain)))),
    found,
    ...(await Promise.all(addresses.map((address) => reverseOf(site, address)))),
  ]
}
