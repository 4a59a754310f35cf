// The PROXY protocol, versions 1 and 2 (HAProxy's proxy-protocol.txt): a proxy that carries connections says in their first
// bytes from where each came. Invariants:
// - only addresses that the administrator named are asked for it, and from those it must come: a receiver that guessed could be
//   told any address (section 2, "MUST not try to guess");
// - the header is bounded in bytes and in time, and nothing behind it is taken;
// - a connection is handed on with the address of the client in the place of the proxy's, before anybody looks at it.
import { isIPv4, isIPv6, type Server, type Socket } from 'node:net'
import type { Networks } from './network'

export interface Peer {
  address: string
  port: number
}

/** `peer` is null where the proxy speaks for itself, as a health check does: then the connection's own address holds. */
export type Header = { length: number; peer: Peer | null }

/** Section 2.1: the longest line of version 1, with its CRLF. */
const longestLine = 107
/** What follows an address in version 2 (certificates, names) is skipped; this much of it. */
const longestBlock = 4096
const within = 5000

const signature = Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1')

const beginsAlike = (bytes: Buffer, with_: Buffer): boolean => {
  const shared = Math.min(bytes.length, with_.length)
  return bytes.subarray(0, shared).equals(with_.subarray(0, shared))
}

const portOf = (text: string): number | null =>
  /^(0|[1-9]\d{0,4})$/.test(text) && Number(text) <= 65_535 ? Number(text) : null

const readLine = (bytes: Buffer): Header | 'more' | 'wrong' => {
  const end = bytes.subarray(0, longestLine).indexOf('\r\n')
  if (end < 0) return bytes.length < longestLine ? 'more' : 'wrong'
  const length = end + 2
  const words = bytes.toString('latin1', 0, end).split(' ')
  // "UNKNOWN", and whatever stands behind it.
  if (words[1] === 'UNKNOWN') return { length, peer: null }
  const [, family, from = '', to = '', fromPort = '', toPort = ''] = words
  // Which network card it came by is the proxy's own business.
  const is = from.includes('%') ? null : family === 'TCP4' ? isIPv4 : family === 'TCP6' ? isIPv6 : null
  const port = portOf(fromPort)
  if (!is?.(from) || !is(to) || port === null || portOf(toPort) === null || words.length !== 6) return 'wrong'
  return { length, peer: { address: from.toLowerCase(), port } }
}

/** RFC 4291 section 2.2: eight groups, which is what every reader of addresses understands. */
const ipv6 = (bytes: Buffer): string =>
  Array.from({ length: 8 }, (_, group) => bytes.readUInt16BE(group * 2).toString(16)).join(':')

/** RFC 4291 section 2.5.5.2: an IPv4 client of a proxy that listens on IPv6. */
const mapped = Buffer.from('00000000000000000000ffff', 'hex')

const readBlock = (bytes: Buffer): Header | 'more' | 'wrong' => {
  if (bytes.length < 16) return 'more'
  const [version, family, size] = [bytes[12]!, bytes[13]!, bytes.readUInt16BE(14)]
  const command = version & 0x0f
  if (version >> 4 !== 2 || command > 1 || size > longestBlock) return 'wrong'
  const length = 16 + size
  if (bytes.length < length) return 'more'
  if (command === 0 || family === 0) return { length, peer: null }
  const block = bytes.subarray(16, length)
  if (family === 0x11 && size >= 12)
    return { length, peer: { address: block.subarray(0, 4).join('.'), port: block.readUInt16BE(8) } }
  if (family === 0x21 && size >= 36) {
    const from = block.subarray(0, 16)
    const address = from.subarray(0, 12).equals(mapped) ? from.subarray(12).join('.') : ipv6(from)
    return { length, peer: { address, port: block.readUInt16BE(32) } }
  }
  // Datagrams and unix sockets do not carry mail.
  return 'wrong'
}

/** What the first bytes of a connection say; `more` until that is certain. */
export const readHeader = (bytes: Buffer): Header | 'more' | 'wrong' => {
  if (beginsAlike(bytes, signature)) return bytes.length < signature.length ? 'more' : readBlock(bytes)
  const word = Buffer.from('PROXY ')
  if (!beginsAlike(bytes, word)) return 'wrong'
  return bytes.length < word.length ? 'more' : readLine(bytes)
}

const hold = (socket: Socket, done: (peer: Peer | null) => void): void => {
  let bytes = Buffer.alloc(0)
  const late = setTimeout(() => socket.destroy(), within)
  const fail = () => socket.destroy()
  const leave = () => {
    clearTimeout(late)
    socket.off('readable', read)
    socket.off('close', leave)
  }
  const read = () => {
    for (let piece: Buffer | null; (piece = socket.read() as Buffer | null);)
      bytes = Buffer.concat([bytes, piece])
    const header = readHeader(bytes)
    if (header === 'more') return
    leave()
    if (header === 'wrong') return fail()
    const rest = bytes.subarray(header.length)
    if (rest.length > 0) socket.unshift(rest)
    // A stream that was read by hand flows again a moment after nobody does so any more.
    setImmediate(() => {
      socket.off('error', fail)
      if (!socket.destroyed) done(header.peer)
    })
  }
  socket.on('error', fail)
  socket.on('close', leave)
  socket.on('readable', read)
}

/** On every connection of `server` that comes from one of `proxies`, before its own listeners see it. */
export const behindProxies = (server: Server, proxies: Networks): void => {
  const listeners = server.listeners('connection') as ((socket: Socket) => void)[]
  server.removeAllListeners('connection')
  server.on('connection', (socket: Socket) => {
    const pass = () => listeners.forEach((listener) => listener.call(server, socket))
    if (!proxies.has(socket.remoteAddress ?? '')) return pass()
    hold(socket, (peer) => {
      if (peer)
        Object.defineProperties(socket, {
          remoteAddress: { value: peer.address },
          remotePort: { value: peer.port },
        })
      pass()
    })
  })
}
