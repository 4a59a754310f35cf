// A web server of somebody else's, over TLS: it notes what it is asked, and its certificate can be trusted by whoever
// is given the file.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeCertificate } from './certificate'
import { freePort } from './ports'

export interface Asked {
  method: string
  url: string
  headers: Record<string, string | string[] | undefined>
  body: string
}

export interface Secure {
  url: string
  /** A PEM file, for NODE_EXTRA_CA_CERTS. */
  certificate: string
  asked: Asked[]
  stop(): Promise<void>
}

/** `answer` is the status for a path. */
export const startSecure = async (answer: (url: string) => number): Promise<Secure> => {
  const folder = mkdtempSync(join(tmpdir(), 'posthorn-secure-'))
  const made = makeCertificate(folder)
  const [key, cert] = [readFileSync(made.key), readFileSync(made.cert)]
  const asked: Asked[] = []
  const server = createServer({ key, cert }, (request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (piece: string) => (body += piece))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      asked.push({ method, url, headers, body })
      response.writeHead(answer(url)).end()
    })
  })
  const port = await freePort()
  await new Promise<void>((done) => server.listen(port, done))
  return {
    url: `https://localhost:${port}`,
    certificate: made.cert,
    asked,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
