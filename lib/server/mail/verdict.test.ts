import { createServer, type AddressInfo, type Server } from 'node:net'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { environment } from '../testing/environment'
import { trySignIn } from './sign-in'

// A server that refuses LOGIN for another reason than the password says nothing of the password: nobody is a guesser for it.

let folder: string
let restore: () => void
let server: Server
let answer = ''

const reply = (line: string): string => {
  const [tag = '*', command = ''] = line.split(' ')
  if (command === 'LOGIN') return `${tag} ${answer}\r\n`
  return command === 'LOGOUT' ? `* BYE so long\r\n${tag} OK bye\r\n` : `${tag} OK done\r\n`
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'posthorn-verdict-'))
  server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.write('* OK [CAPABILITY IMAP4rev1] ready\r\n')
    socket.on('data', (bytes: Buffer) => {
      for (const line of bytes.toString().split('\r\n')) if (line) socket.write(reply(line))
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  restore = environment({
    POSTHORN_HOME: folder,
    POSTHORN_IMAP: `imap://127.0.0.1:${(server.address() as AddressInfo).port}`,
  })
})
afterAll(() => {
  restore()
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

const who = {
  key: 'ida@x.test',
  address: 'ida@x.test',
  name: '',
  credentials: { user: 'ida', password: 'secret' },
}

it.each([
  ['NO [AUTHENTICATIONFAILED] wrong', 'wrong-password'],
  ['NO no', 'wrong-password'],
  ['NO [LIMIT] too many connections of this user', 'too-busy'],
  ['NO [INUSE] somebody is in there', 'too-busy'],
  ['NO [UNAVAILABLE] the directory is away', 'server-unreachable'],
  ['NO [SERVERBUG] oh', 'server-unreachable'],
])('%s', async (said, code) => {
  answer = said
  await expect(trySignIn(who)).rejects.toMatchObject({ code })
})
