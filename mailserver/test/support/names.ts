// A name server on loopback with a zone of the test's own: real questions over UDP, answered by the letter of RFC 1035.
import { createSocket } from 'node:dgram'

export type Zone = Record<string, Partial<Record<'A' | 'AAAA' | 'MX' | 'TXT' | 'PTR', readonly string[]>>>

export interface NameServer {
  /** `127.0.0.1:port` */
  address: string
  zone: Zone
  stop(): Promise<void>
}

const types: Record<number, keyof Zone[string]> = { 1: 'A', 12: 'PTR', 15: 'MX', 16: 'TXT', 28: 'AAAA' }

const nameBytes = (name: string): Buffer =>
  Buffer.concat([
    ...name
      .split('.')
      .filter(Boolean)
      .map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])),
    Buffer.from([0]),
  ])

const groupsOf = (address: string): number[] => {
  const [head = '', tail = ''] = address.split('::')
  const numbers = (text: string) => (text ? text.split(':').map((group) => parseInt(group, 16)) : [])
  const [left, right] = [numbers(head), numbers(tail)]
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right]
}

const texts = (value: string): Buffer =>
  Buffer.concat(
    (value.match(/[\s\S]{1,255}/g) ?? ['']).map((piece) =>
      Buffer.concat([Buffer.from([piece.length]), Buffer.from(piece, 'latin1')]),
    ),
  )

const dataOf: Record<keyof Zone[string], (value: string) => Buffer> = {
  A: (value) => Buffer.from(value.split('.').map(Number)),
  AAAA: (value) => Buffer.from(groupsOf(value).flatMap((group) => [group >> 8, group & 0xff])),
  PTR: nameBytes,
  TXT: texts,
  MX: (value) => {
    const [priority = '10', host = '.'] = value.split(' ')
    return Buffer.concat([Buffer.from([Number(priority) >> 8, Number(priority) & 0xff]), nameBytes(host)])
  },
}

const readName = (packet: Buffer, from: number): { name: string; end: number } => {
  const labels: string[] = []
  let at = from
  for (let length = packet[at] ?? 0; length !== 0; length = packet[at] ?? 0) {
    labels.push(packet.toString('latin1', at + 1, at + 1 + length))
    at += length + 1
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 }
}

const answer = (packet: Buffer, zone: Zone): Buffer => {
  const { name, end } = readName(packet, 12)
  const kind = types[packet.readUInt16BE(end)]
  const found = zone[name]
  const values = kind ? (found?.[kind] ?? []) : []
  const head = Buffer.alloc(12)
  head.writeUInt16BE(packet.readUInt16BE(0), 0)
  // A name that is not there at all is NXDOMAIN (3); one without this kind of record answers with nothing.
  head.writeUInt16BE(0x8580 | (found ? 0 : 3), 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt16BE(values.length, 6)
  const records = values.map((value) => {
    const data = kind ? dataOf[kind](value) : Buffer.alloc(0)
    const fixed = Buffer.alloc(12)
    fixed.writeUInt16BE(0xc00c, 0)
    packet.copy(fixed, 2, end, end + 4)
    fixed.writeUInt32BE(1, 6)
    fixed.writeUInt16BE(data.length, 10)
    return Buffer.concat([fixed, data])
  })
  return Buffer.concat([head, packet.subarray(12, end + 4), ...records])
}

export const startNames = async (zone: Zone, port = 0): Promise<NameServer> => {
  const socket = createSocket('udp4')
  const server = { zone }
  socket.on('message', (packet, { address, port }) => {
    socket.send(answer(packet, server.zone), port, address)
  })
  await new Promise<void>((done) => socket.bind(port, '127.0.0.1', done))
  return Object.assign(server, {
    address: `127.0.0.1:${socket.address().port}`,
    stop: () => new Promise<void>((done) => socket.close(() => done())),
  })
}
