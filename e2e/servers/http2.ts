// HTTP/2 over TLS, as a browser speaks it, in the shape of `fetch`; from an address of one's own choice on loopback.
import { readFileSync } from 'node:fs'
import { connect as connectHttp2, type ClientHttp2Session, type IncomingHttpHeaders } from 'node:http2'
import { createConnection } from 'node:net'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { connect } from 'node:tls'
import type { Fetch } from './visitor'

export interface Http2 {
  fetch: Fetch
  close(): void
}

interface Where {
  port: number
  /** The PEM file of the one certificate that is trusted. */
  certificate: string
  from: string
  /** Whose certificate it must be. */
  name?: string
}

const bytesOf = async (body: RequestInit['body']): Promise<Buffer | null> => {
  if (body instanceof Blob) return Buffer.from(await body.arrayBuffer())
  return body ? Buffer.from(String(body)) : null
}

const headersOf = (head: IncomingHttpHeaders): Headers => {
  const headers = new Headers()
  for (const [name, value] of Object.entries(head))
    if (!name.startsWith(':')) for (const one of [value].flat()) headers.append(name, String(one))
  return headers
}

const askOver =
  (session: ClientHttp2Session): Fetch =>
  async (url, { method = 'GET', headers, body }) => {
    const { pathname, search } = new URL(url)
    const given = Object.fromEntries(new Headers(headers))
    const bytes = await bytesOf(body)
    const head = { ':method': method, ':path': pathname + search, ...given }
    const stream = session.request(head, { endStream: bytes === null })
    const answered = new Promise<IncomingHttpHeaders>((done, failed) => {
      stream.once('response', done)
      stream.once('error', failed)
    })
    if (bytes) stream.end(bytes)
    const said = await answered
    const shown = Readable.toWeb(stream) as ReadableStream<Uint8Array>
    return new Response(shown as BodyInit, { status: Number(said[':status']), headers: headersOf(said) })
  }

export const overHttp2 = ({ port, certificate, from, name = 'localhost' }: Where): Promise<Http2> =>
  new Promise((done, failed) => {
    const socket = connect({
      socket: createConnection({ host: '127.0.0.1', port, localAddress: from }),
      servername: name,
      ca: readFileSync(certificate),
      ALPNProtocols: ['h2'],
    })
    const session = connectHttp2(`https://${name}:${port}`, { createConnection: () => socket })
    session.once('error', failed)
    session.once('connect', () => done({ fetch: askOver(session), close: () => session.destroy() }))
  })
