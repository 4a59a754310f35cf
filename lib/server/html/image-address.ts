import 'server-only'
import { BlockList, isIP } from 'node:net'
import { lookup } from 'node:dns/promises'
import { AppError } from '@/lib/model/errors'

// Where the image proxy may go: public addresses, on the ports of the web. A name is resolved once, every
// address it gives must be public, and the connection is made to that very address, so that a second answer
// of the DNS cannot send it elsewhere.

// IANA special-purpose registries (RFC 6890 and its updates), RFC 1112, RFC 4291.
// Two lists, because a BlockList takes ::ffff:0:0/96 for every IPv4 address.
const reserved4 = new BlockList()
const reserved6 = new BlockList()
const ranges4 = `0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24
  192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15
  198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4`
const ranges6 = `::/96 ::ffff:0:0/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16
  3fff::/20 5f00::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8`

const addRanges = (list: BlockList, text: string, family: 'ipv4' | 'ipv6'): void => {
  for (const range of text.trim().split(/\s+/)) {
    const [address = '', bits = ''] = range.split('/')
    list.addSubnet(address, Number(bits), family)
  }
}
addRanges(reserved4, ranges4, 'ipv4')
addRanges(reserved6, ranges6, 'ipv6')

export const isPublicAddress = (address: string): boolean => {
  const family = isIP(address)
  if (family === 4) return !reserved4.check(address, 'ipv4')
  // RFC 4291 section 2.4: global unicast is 2000::/3, and nothing else has been given out.
  return family === 6 && /^[23][0-9a-f]{3}:/i.test(address) && !reserved6.check(address, 'ipv6')
}

export interface Target {
  url: URL
  address: string
  family: 4 | 6
}

export interface Reach {
  resolve: (host: string) => Promise<{ address: string; family: number }[]>
  mayReach: (address: string, port: number) => boolean
  mayUsePort: (port: number) => boolean
  /** The longest a picture may take, names and redirects included. */
  patienceMs: number
}

export const theWeb: Reach = {
  resolve: (host) => lookup(host, { all: true, verbatim: true }),
  mayReach: isPublicAddress,
  mayUsePort: (port) => port === 80 || port === 443,
  patienceMs: 10_000,
}

/** Beside the web, what an administrator named: an intranet's newsletters are pictures from private addresses. */
export const reachWith = (networks: readonly string[]): Reach => {
  if (networks.length === 0) return theWeb
  const named = new BlockList()
  for (const network of networks) {
    const [address = '', bits = ''] = network.split('/')
    const isWide = isIP(address) === 6
    const most = isWide ? 128 : 32
    if (isIP(address))
      named.addSubnet(address, Math.min(most, Number(bits || most)), isWide ? 'ipv6' : 'ipv4')
  }
  const isNamed = (address: string) => named.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
  return {
    ...theWeb,
    mayReach: (address, port) =>
      isNamed(address) || (theWeb.mayReach(address, port) && theWeb.mayUsePort(port)),
    mayUsePort: () => true,
  }
}

const refused = (): AppError => new AppError('not-found')

export const targetOf = async (text: string, reach: Reach): Promise<Target> => {
  if (!URL.canParse(text)) throw refused()
  const url = new URL(text)
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
  if (!/^https?:$/.test(url.protocol) || url.username || url.password || !reach.mayUsePort(port))
    throw refused()
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  // The URL parser has turned 2130706433 and 0x7f.1 into dotted numbers already.
  const found = isIP(host)
    ? [{ address: host, family: isIP(host) }]
    : await reach.resolve(host).catch(() => [])
  const [first] = found
  if (!first || !found.every(({ address }) => reach.mayReach(address, port))) throw refused()
  return { url, address: first.address, family: first.family === 6 ? 6 : 4 }
}
