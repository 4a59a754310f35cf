// Which hosts take mail for a domain, in the order they are to be tried (RFC 5321 section 5.1).
import { promises as dns } from 'node:dns'

export interface Resolver {
  mx(domain: string): Promise<{ exchange: string; priority: number }[]>
  /** IPv4 and IPv6 addresses of a host. */
  addresses(host: string): Promise<string[]>
  /** Texts of TXT records, each joined. */
  texts(name: string): Promise<string[]>
}

export interface NextHop {
  /** Name for TLS, logs and reports. */
  host: string
  address: string
  port: number
}

export type Hops =
  | { kind: 'hops'; hops: NextHop[] }
  | { kind: 'never'; reply: string }
  | { kind: 'later'; reply: string }

const noSuch = new Set(['ENOTFOUND', 'ENODATA'])
const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? ''

export const systemResolver: Resolver = {
  mx: (domain) => dns.resolveMx(domain),
  addresses: async (host) => {
    const found = await Promise.allSettled([dns.resolve4(host), dns.resolve6(host)])
    const addresses = found.flatMap((each) => (each.status === 'fulfilled' ? each.value : []))
    const failed = found.find((each) => each.status === 'rejected')
    if (addresses.length === 0 && failed) throw (failed as PromiseRejectedResult).reason
    return addresses
  },
  texts: async (name) => {
    try {
      return (await dns.resolveTxt(name)).map((pieces) => pieces.join(''))
    } catch (error) {
      if (noSuch.has(codeOf(error))) return []
      throw error
    }
  },
}

const mostHosts = 10
const mostAddresses = 5

const shuffled = <T>(list: readonly T[]): T[] =>
  list
    .map((value) => ({ value, at: Math.random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ value }) => value)

const addressesOf = async (resolver: Resolver, host: string, port: number): Promise<NextHop[]> =>
  (await resolver.addresses(host)).slice(0, mostAddresses).map((address) => ({ host, address, port }))

interface Question {
  domain: string
  resolver: Resolver
  port: number
  /** Our own names: a host that is us, and all less preferred ones, would bring the mail back (section 5.1). */
  ourselves: ReadonlySet<string>
}

const withoutMx = async ({ domain, resolver, port }: Question): Promise<Hops> => {
  try {
    const hops = await addressesOf(resolver, domain, port)
    return hops.length > 0
      ? { kind: 'hops', hops }
      : { kind: 'never', reply: `550 5.1.2 ${domain} has no mail server` }
  } catch (error) {
    return noSuch.has(codeOf(error))
      ? { kind: 'never', reply: `550 5.1.2 ${domain}: no such domain` }
      : { kind: 'later', reply: `451 4.4.3 looking up ${domain} failed: ${codeOf(error)}` }
  }
}

export const nextHops = async (question: Question): Promise<Hops> => {
  const { domain, resolver, port, ourselves } = question
  let records: { exchange: string; priority: number }[]
  try {
    records = await resolver.mx(domain)
  } catch (error) {
    if (noSuch.has(codeOf(error))) return withoutMx(question)
    return {
      kind: 'later',
      reply: `451 4.4.3 looking up the mail servers of ${domain} failed: ${codeOf(error)}`,
    }
  }
  if (records.length === 0) return withoutMx(question)
  // RFC 7505: a single "." means that this domain takes no mail.
  if (records.every(({ exchange }) => exchange === '' || exchange === '.')) {
    return { kind: 'never', reply: `556 5.1.10 ${domain} does not accept mail (null MX)` }
  }
  const sorted = shuffled(records).sort((one, other) => one.priority - other.priority)
  const us = sorted.find(({ exchange }) => ourselves.has(exchange.toLowerCase().replace(/\.$/, '')))
  const usable = us ? sorted.filter(({ priority }) => priority < us.priority) : sorted
  if (usable.length === 0)
    return { kind: 'never', reply: `554 5.4.6 mail for ${domain} loops back to this server` }
  const found = await Promise.allSettled(
    usable
      .slice(0, mostHosts)
      .map(({ exchange }) => addressesOf(resolver, exchange.replace(/\.$/, ''), port)),
  )
  const hops = found.flatMap((each) => (each.status === 'fulfilled' ? each.value : []))
  return hops.length > 0
    ? { kind: 'hops', hops }
    : { kind: 'later', reply: `451 4.4.4 none of the mail servers of ${domain} has an address` }
}
