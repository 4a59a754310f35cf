import { X509Certificate } from 'node:crypto'
import { connect, createServer } from 'node:tls'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { selfSigned } from './certificate'

test('OpenSSL reads the certificate, its names and its dates, and it signs itself', () => {
  const made = selfSigned(['mail.posthorn.test', 'localhost', '127.0.0.1', '::1'])
  const read = new X509Certificate(made.certificate)
  expect(read.subject).toBe('CN=mail.posthorn.test')
  expect(read.subjectAltName).toContain('DNS:localhost')
  expect(read.checkIP('127.0.0.1')).toBe('127.0.0.1')
  expect(read.checkIP('::1')).toBeTruthy()
  expect(read.verify(read.publicKey)).toBe(true)
  expect(new Date(read.validTo).getTime()).toBeGreaterThan(Date.now() + 9 * 365 * 86_400_000)
})

test('a client that trusts it completes a verified TLS handshake by name', async () => {
  const made = selfSigned(['localhost'])
  const server = createServer({ key: made.key, cert: made.certificate }, (socket) => socket.end('hello'))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const socket = connect({
    port: (server.address() as AddressInfo).port,
    host: '127.0.0.1',
    servername: 'localhost',
    ca: made.certificate,
  })
  await once(socket, 'secureConnect')
  expect(socket.authorized).toBe(true)
  socket.destroy()
  server.close()
})
