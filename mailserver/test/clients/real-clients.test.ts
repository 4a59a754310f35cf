// Programs that people use, against our own server: what they need is what counts.
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect } from 'vitest'
import { password, startServer, type TestServer } from '../server'
import { withProgram } from './programs'

const run = promisify(execFile)
let server: TestServer
let folder: string
beforeAll(async () => {
  server = await startServer()
  folder = mkdtempSync(join(tmpdir(), 'posthorn-clients-'))
})
afterAll(async () => {
  expect(server.errors).toEqual([])
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const letter = 'From: Ann <ann@example.org>\r\nTo: bob@example.org\r\nSubject: tea\r\n\r\nAt four?\r\n'

withProgram('python3', 'imaplib over TLS: append, select, search, fetch, store, expunge', async () => {
  const user = await server.addUser()
  const script = `
import imaplib, ssl, sys
c = imaplib.IMAP4_SSL('127.0.0.1', ${server.tlsPort}, ssl_context=ssl._create_unverified_context())
c.login('${user}', '${password}')
for _ in range(3): assert c.append('INBOX', '(\\\\Seen)', None, ${JSON.stringify(letter)}.encode())[0] == 'OK'
assert c.select()[1] == [b'3']
assert c.search(None, 'SUBJECT', 'tea')[1] == [b'1 2 3']
assert b'At four?' in c.fetch('2', '(RFC822)')[1][0][1]
assert c.store('1,3', '+FLAGS', '(\\\\Deleted)')[0] == 'OK'
assert c.expunge()[1] == [b'1', b'2']
assert c.uid('SEARCH', 'ALL')[1] == [b'2']
assert c.sort('(REVERSE DATE)', 'UTF-8', 'ALL')[1] == [b'1']
assert c.thread('REFERENCES', 'UTF-8', 'ALL')[1] == [b'(1)']
c.close(); c.logout()
print('done')
`
  expect((await run('python3', ['-c', script])).stdout).toBe('done\n')
})

withProgram('curl', 'imaps: uploads, lists, searches and reads a message', async () => {
  const user = await server.addUser()
  const file = join(folder, 'letter.eml')
  writeFileSync(file, letter)
  const curl = (path: string, ...rest: string[]) =>
    run('curl', [
      '-sS',
      '-k',
      '-u',
      `${user}:${password}`,
      ...rest,
      `imaps://127.0.0.1:${server.tlsPort}${path}`,
    ])
  await curl('/INBOX', '-T', file)
  expect((await curl('/')).stdout).toContain('INBOX')
  expect((await curl('/INBOX?SUBJECT%20tea')).stdout).toContain('* SEARCH 1')
  expect((await curl('/INBOX;UID=1')).stdout).toBe(letter)
})

withProgram('mutt', 'opens the mailbox and copies a message out of it', async () => {
  const user = await server.addUser()
  const store = server.store.open(user)
  await store.deliver('INBOX', { source: Buffer.from(letter) })
  server.store.release(store)
  const copy = join(folder, 'copied')
  const rc = join(folder, 'muttrc')
  const settings = [
    `set imap_user="${user}"`,
    `set imap_pass="${password}"`,
    `set folder="imap://127.0.0.1:${server.port}/"`,
    'set spoolfile="+INBOX"',
    // On loopback: mutt would ask a person whether to trust a certificate of our own.
    'set ssl_starttls=no ssl_force_tls=no',
    'set confirmcreate=no confirmappend=no delete=no quit=yes sleep_time=0 mbox_type=mbox wait_key=no',
    `push "<copy-message>${copy}<enter><quit>"`,
  ]
  writeFileSync(rc, settings.join('\n'))
  await run('script', ['-qec', `mutt -F ${rc}`, '/dev/null'], {
    timeout: 15_000,
    env: { ...process.env, TERM: 'xterm' },
  }).catch(() => undefined)
  expect((await run('cat', [copy])).stdout).toContain('At four?')
})
