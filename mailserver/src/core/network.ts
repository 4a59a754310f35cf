import { BlockList, isIP, isIPv4 } from 'node:net'

/**
 * An IPv4 client of a dual-stack listener is shown as ::ffff:a.b.c.d; everywhere else it is a.b.c.d. A connection that
 * was gone before it was looked at has no address, whatever the types of libraries say: it is nobody's.
 */
export const plainAddress = (address: string | undefined): string =>
  (address ?? '').replace(/^::ffff:(?=\d+\.)/i, '')

export const isLoopback = (address: string): boolean => {
  const plain = plainAddress(address)
  return plain === '::1' || plain === 'localhost' || (isIPv4(plain) && plain.startsWith('127.'))
}

const groupsOf = (text: string): string[] =>
  text.split(':').flatMap((group) => (group.includes('.') ? ['0', '0'] : group === '' ? [] : [group]))

/** What one client has: an IPv4 address, or a /64 of IPv6, of which it may take any (RFC 6177 section 2). */
export const shareOf = (address: string | undefined): string => {
  const plain = plainAddress(address)
  if (isIP(plain) !== 6) return plain
  const [front = [], back = []] = plain
    .replace(/%.*/, '')
    .split('::')
    .map((half) => groupsOf(half))
  const zeros = Array.from({ length: 8 - front.length - back.length }, () => '0')
  const network = [...front, ...zeros, ...back].slice(0, 4).map((group) => parseInt(group, 16).toString(16))
  return `${network.join(':')}::/64`
}

export interface Networks {
  has(address: string): boolean
}

/** `10.0.0.0/8`, `2001:db8::/32` or single addresses; throws on anything else. */
export const parseNetworks = (list: readonly string[]): Networks => {
  const block = new BlockList()
  for (const item of list) {
    const [address = '', bits] = item.replace(/[[\]]/g, '').split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (!isIP(address)) throw new Error(`not a network: ${item}`)
    if (bits === undefined) block.addAddress(address, family)
    else block.addSubnet(address, Number(bits), family)
  }
  return {
    has: (address) => {
      const plain = plainAddress(address)
      const family = isIP(plain)
      return family !== 0 && block.check(plain, family === 6 ? 'ipv6' : 'ipv4')
    },
  }
}

/**
 * Where nobody outside can be reached: this network and this host, RFC 1918, RFC 6598, link-local, RFC 4193, multicast
 * and reserved ones (RFC 6890).
 */
export const notPublic = parseNetworks([
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.168.0.0/16', '224.0.0.0/3', '::1', '::', 'fc00::/7', 'fe80::/10', 'ff00::/8'],
])
