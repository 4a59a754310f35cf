// Behind a proxy that carries connections (HAProxy, a load balancer): every door knows the client, and treats nobody as this
// machine because the proxy is.
import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startServer, type TestServer } from '../support/server'

let server: TestServer
beforeAll(async () => {
  server = await startServer({ env: { POSTHORN_PROXY_PROTOCOL_HOSTS: '127.0.0.0/8' }, users: ['alice'] })
})
afterAll(() => server.stop())

const line = (address: string) => Buffer.from(`PROXY TCP4 ${address} 127.0.0.1 4660 25\r\n`)
const block = (address: string) =>
  Buffer.from([
    ...Buffer.from('0d0a0d0a000d0a515549540a2111000c', 'hex'),
    ...address.split('.').map(Number),
    ...Buffer.from('7f000001123403e1', 'hex'),
  ])

const opened = async (port: number, header: Buffer, tls: boolean): Promise<Socket> => {
  const socket = connect({ port, host: '127.0.0.1' })
  // The header and what the client says first may come in one piece.
  socket.write(header)
  return tls ? connectTls({ socket, rejectUnauthorized: false }) : socket
}

/** Says each line when the one before was answered; gives all that came. */
const said = async (socket: Socket, lines: string[]): Promise<string> => {
  let heard = ''
  for await (const piece of socket) {
    heard += String(piece)
    const next = lines.shift()
    if (next === undefined) break
    socket.write(`${next}\r\n`)
  }
  return heard
}

const plain = Buffer.from('\0alice@posthorn.test\0wrong').toString('base64')

test.each([
  ['imaps', '192.0.2.61', [`a LOGIN alice@posthorn.test wrong`], /a NO/],
  ['pop3s', '192.0.2.62', ['USER alice@posthorn.test', 'PASS wrong'], /-ERR/],
  ['smtps', '192.0.2.63', ['EHLO client.example', `AUTH PLAIN ${plain}`], /535/],
] as const)('%s: the guesser is known under TLS, from version 2', async (door, address, lines, refused) => {
  const socket = await opened(server.doors[door]!, block(address), true)
  expect(await said(socket, [...lines])).toMatch(refused)
  socket.destroy()
  await vi.waitFor(() => expect(JSON.stringify(server.log)).toContain(address))
})

test.each([
  ['imap', ['a CAPABILITY', 'b NOOP'], /LOGINDISABLED/],
  ['pop3', ['USER alice@posthorn.test'], /-ERR/],
  ['submission', ['EHLO client.example', `AUTH PLAIN ${plain}`], /^53[08] /m],
] as const)('%s: a client of the proxy is not on this machine, from version 1', async (door, lines, held) => {
  const socket = await opened(server.doors[door]!, line('192.0.2.64'), false)
  expect(await said(socket, [...lines])).toMatch(held)
  socket.destroy()
})

test('smtp: the Received line names the client', async () => {
  const socket = await opened(server.doors.smtp!, line('192.0.2.65'), false)
  const mail = ['MAIL FROM:<>', 'RCPT TO:<alice@posthorn.test>', 'DATA', 'Subject: carried\r\n\r\n.', 'QUIT']
  expect(await said(socket, ['EHLO client.example', ...mail])).toMatch(/^250 2\.0\.0 .*queued/m)
  socket.destroy()
  await server.idle()
  expect(server.mails('alice@posthorn.test').at(-1)).toMatch(
    /Received: from client\.example .*\[192\.0\.2\.65\]/,
  )
})

test.each(['smtp', 'imap', 'pop3', 'smtps', 'imaps'])(
  '%s: who says no such thing is not served',
  async (door) => {
    const socket = connect({ port: server.doors[door]!, host: '127.0.0.1' })
    socket.on('error', () => undefined)
    const closed = new Promise((done) => socket.once('close', done))
    let heard = ''
    socket.on('data', (piece) => (heard += String(piece)))
    socket.write('EHLO client.example\r\n')
    await closed
    expect(heard).toBe('')
  },
)
