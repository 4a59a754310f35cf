// HAProxy's proxy-protocol.txt, section 2: what is a header, and that nothing else is one.
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { parseNetworks } from './network'
import { behindProxies, readHeader } from './proxy-protocol'

const line = (text: string) => Buffer.from(`${text}\r\n`, 'latin1')
const signature = '0d0a0d0a000d0a515549540a'
const block = (rest: string) => Buffer.from(signature + rest, 'hex')
const v4 = 'c0000233' + '7f000001' + '1234' + '008f'
const v6 = '20010db8000000000000000000000051' + '00000000000000000000000000000001' + '1234' + '008f'

test.each([
  ['version 1, IPv4', line('PROXY TCP4 192.0.2.51 127.0.0.1 4660 143'), '192.0.2.51', 4660],
  ['version 1, IPv6', line('PROXY TCP6 2001:DB8::51 ::1 4660 143'), '2001:db8::51', 4660],
  ['version 2, IPv4', block(`2111000c${v4}`), '192.0.2.51', 4660],
  ['version 2, IPv6', block(`21210024${v6}`), '2001:db8:0:0:0:0:0:51', 4660],
  ['version 2, with more behind the address', block(`21110010${v4}04000100`), '192.0.2.51', 4660],
  [
    'version 2, IPv4 on a socket of IPv6',
    block(`21210024${'00000000000000000000ffffc0000233'}${v6.slice(32)}`),
    '192.0.2.51',
    4660,
  ],
])('%s', (_, bytes, address, port) => {
  const header = { length: bytes.length, peer: { address, port } }
  expect(readHeader(bytes)).toEqual(header)
  // What the client itself says begins behind it.
  expect(readHeader(Buffer.concat([bytes, Buffer.from('a1 NOOP\r\n')]))).toEqual(header)
  for (let had = 0; had < bytes.length; had++) expect(readHeader(bytes.subarray(0, had))).toBe('more')
})

test.each([
  ['a proxy that does not know', line('PROXY UNKNOWN')],
  ['and says so at length', line('PROXY UNKNOWN ffff::1 ffff::2 65535 65535')],
  ['a health check', block('20000000')],
  ['a family nobody named', block('21000000')],
])('the address of the connection holds: %s', (_, bytes) =>
  expect(readHeader(bytes)).toEqual({ length: bytes.length, peer: null }),
)

test.each([
  ['a client without one', Buffer.from('a1 LOGIN alice posthorn\r\n')],
  ['another word', line('PROXX TCP4 192.0.2.51 127.0.0.1 4660 143')],
  ['a name for an address', line('PROXY TCP4 localhost 127.0.0.1 4660 143')],
  ['the wrong family', line('PROXY TCP4 2001:db8::51 ::1 4660 143')],
  ['a family of its own', line('PROXY UDP4 192.0.2.51 127.0.0.1 4660 143')],
  ['a zone', line('PROXY TCP6 fe80::1%eth0 ::1 4660 143')],
  ['a port too high', line('PROXY TCP4 192.0.2.51 127.0.0.1 65536 143')],
  ['a port that is written oddly', line('PROXY TCP4 192.0.2.51 127.0.0.1 007 143')],
  ['too few words', line('PROXY TCP4 192.0.2.51 127.0.0.1 4660')],
  ['too many', line('PROXY TCP4 192.0.2.51 127.0.0.1 4660 143 1')],
  ['two spaces', line('PROXY TCP4  192.0.2.51 127.0.0.1 4660 143')],
  ['a line without an end', Buffer.from(`PROXY UNKNOWN ${'x'.repeat(100)}`)],
  ['a version that is not known', block(`3111000c${v4}`)],
  ['a command that is not known', block(`2211000c${v4}`)],
  ['a block too short for its family', block('21110004c0000233')],
  ['a datagram', block(`2112000c${v4}`)],
  ['a block without end', block('2111ffff')],
])('is refused: %s', (_, bytes) => expect(readHeader(bytes)).toBe('wrong'))

test('whatever comes, it ends: never an address that is none, never more than it had', () => {
  let state = 20_261_121
  const random = (most: number) => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff
    return state % most
  }
  const seeds = [
    line('PROXY TCP4 192.0.2.51 127.0.0.1 4660 143'),
    block(`21210024${v6}`),
    block(`2111000c${v4}`),
  ]
  for (let round = 0; round < 5000; round++) {
    const bytes = Buffer.from(seeds[random(seeds.length)]!)
    for (let changes = random(4); changes >= 0; changes--) bytes[random(bytes.length)] = random(256)
    const said = readHeader(bytes.subarray(0, random(bytes.length + 1)))
    if (typeof said === 'string') continue
    expect(said.length).toBeLessThanOrEqual(bytes.length)
    if (said.peer) expect(parseNetworks([said.peer.address]).has(said.peer.address)).toBe(true)
  }
})

let server: Server | null = null
const open: Socket[] = []
afterEach(async () => {
  open.splice(0).forEach((socket) => socket.destroy())
  await new Promise((done) => (server ? server.close(done) : done(null)))
  server = null
})

/** A server that says whom it sees and gives back what it is sent. */
const listening = async (proxies: string[]): Promise<number> => {
  const made = createServer((socket) => {
    open.push(socket)
    socket.on('error', () => undefined)
    socket.write(`${socket.remoteAddress}:${socket.remotePort} `)
    socket.on('data', (bytes) => socket.end(bytes))
  })
  server = made
  behindProxies(made, parseNetworks(proxies))
  await new Promise<void>((done) => made.listen(0, '127.0.0.1', done))
  return (made.address() as AddressInfo).port
}

const talk = (port: number, pieces: Buffer[]) =>
  new Promise<string>((done) => {
    const socket = connect({ port, host: '127.0.0.1' }, async () => {
      socket.setNoDelay(true)
      for (const piece of pieces) await new Promise<void>((sent) => socket.write(piece, () => sent()))
    })
    open.push(socket)
    let heard = ''
    socket.setEncoding('latin1').on('data', (text: string) => (heard += text))
    socket.on('error', () => undefined)
    socket.once('close', () => done(heard))
  })

const header = line('PROXY TCP4 192.0.2.51 127.0.0.1 4660 143')

test('who comes from a proxy is known by what it says, in however many pieces, and what follows is the client’s', async () => {
  const port = await listening(['127.0.0.0/8'])
  const whole = Buffer.concat([header, Buffer.from('hello')])
  expect(await talk(port, [whole])).toBe('192.0.2.51:4660 hello')
  expect(
    await talk(
      port,
      [...whole].map((byte) => Buffer.from([byte])),
    ),
  ).toMatch(/^192\.0\.2\.51:4660 h/)
})

test('a proxy that says nothing of the kind is not served', async () => {
  const port = await listening(['127.0.0.1'])
  expect(await talk(port, [Buffer.from('a1 NOOP\r\n')])).toBe('')
})

test('a stranger’s header is not believed: it is what a client said', async () => {
  const port = await listening(['192.0.2.0/24'])
  expect(await talk(port, [header])).toMatch(/^127\.0\.0\.1:\d+ PROXY TCP4 192\.0\.2\.51/)
})
