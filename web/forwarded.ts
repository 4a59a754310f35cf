import type { IncomingHttpHeaders } from 'node:http'
import { BlockList, isIP } from 'node:net'

// Who asks, under which host and scheme, and which prefix a proxy took away. A header is believed only when
// the connection comes from a proxy the administrator named; otherwise anybody could choose their address
// and escape the sign-in limits.

export interface Origin {
  client: string
  host: string | null
  scheme: 'http' | 'https' | null
  prefix: string | null
}

export type Trust = (address: string) => boolean

/** Throws a RangeError that names the entry which is not an address or a CIDR. */
export const trustOf = (cidrs: string[]): Trust => {
  const list = new BlockList()
  for (const cidr of cidrs) {
    const [address = '', bits] = cidr.split('/')
    const version = isIP(address)
    const width = version === 4 ? 32 : 128
    const prefix = bits === undefined ? width : Number(bits)
    if (!version || !Number.isInteger(prefix) || prefix < 0 || prefix > width)
      throw new RangeError(`"${cidr}" is not an address or a CIDR`)
    list.addSubnet(address, prefix, version === 4 ? 'ipv4' : 'ipv6')
  }
  return (address) => {
    const version = isIP(address)
    return version !== 0 && list.check(address, version === 4 ? 'ipv4' : 'ipv6')
  }
}

/** An IPv4 client on an IPv6 socket is written ::ffff:192.0.2.1 (RFC 4291 section 2.5.5.2). */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')

const single = (value: string | string[] | undefined): string | null =>
  (Array.isArray(value) ? value.join(',') : value) || null

/** The first of a list, as the proxy nearest to the browser wrote it. */
const first = (value: string | string[] | undefined): string | null =>
  single(value)?.split(',')[0]?.trim() || null

const hostPattern = /^[A-Za-z0-9._~-]+(:\d{1,5})?$|^\[[0-9A-Fa-f:.]+\](:\d{1,5})?$/

export const originOf = (headers: IncomingHttpHeaders, peer: string, trusted: Trust): Origin => {
  const direct = plain(peer)
  if (!trusted(direct)) return { client: direct, host: null, scheme: null, prefix: null }
  // A proxy that knows only X-Forwarded-* passes a browser's own `Forwarded` through: so these come first.
  const forwarded = readForwarded(single(headers.forwarded) ?? '')
  const hops = single(headers['x-forwarded-for'])?.split(',') ?? forwarded.for
  const host = first(headers['x-forwarded-host']) ?? forwarded.host
  const scheme = first(headers['x-forwarded-proto']) ?? forwarded.proto
  return {
    client: clientAmong(hops, direct, trusted),
    host: host && hostPattern.test(host) ? host : null,
    scheme: scheme === 'http' || scheme === 'https' ? scheme : null,
    prefix: first(headers['x-forwarded-prefix']),
  }
}

/** From our end backwards over the proxies we trust: the first we don't is the client. */
const clientAmong = (hops: string[], direct: string, trusted: Trust): string => {
  let client = direct
  for (const hop of hops.toReversed()) {
    const address = plain(bare(hop.trim()))
    if (!isIP(address)) return client
    client = address
    if (!trusted(address)) return client
  }
  return client
}

/** Without port and brackets: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
const bare = (hop: string): string =>
  hop.startsWith('[') ? hop.slice(1).split(']')[0]! : /^[\d.]+:\d+$/.test(hop) ? hop.split(':')[0]! : hop

// RFC 7239 section 4: elements by comma, pairs by semicolon, values quoted or not.
const readForwarded = (text: string) => {
  const found: { for: string[]; host: string | null; proto: string | null } = {
    for: [],
    host: null,
    proto: null,
  }
  for (const [, name = '', quoted, token] of text.matchAll(/([a-z]+)=(?:"([^"\\]*)"|([^\s",;]+))/gi)) {
    const value = quoted ?? token ?? ''
    if (name.toLowerCase() === 'for') found.for.push(value)
    if (name.toLowerCase() === 'host') found.host ??= value
    if (name.toLowerCase() === 'proto') found.proto ??= value.toLowerCase()
  }
  return found
}
