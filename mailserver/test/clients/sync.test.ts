// mbsync keeps two copies of a mailbox alike, fetchmail takes mail away: two programs that notice every UID, flag and
// count that is wrong. POSTHORN_SYNC_MESSAGES: how many (5,000 in `npm run test:long -- mbsync`).
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { password, startServer, type TestServer } from '../server'
import { runProgram, withProgram, type Done } from './programs'

const messages = Number(process.env.POSTHORN_SYNC_MESSAGES ?? 100)

let server: TestServer
let folder: string
beforeAll(async () => {
  server = await startServer()
  folder = mkdtempSync(join(tmpdir(), 'posthorn-sync-'))
})
afterAll(async () => {
  expect(server.errors).toEqual([])
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const letter = (number: number) =>
  Buffer.from(
    `From: a@example.org\r\nSubject: letter ${number}\r\nMessage-ID: <${number}@example.org>\r\n\r\nNumber ${number}.\r\n`,
  )

const fill = async (user: string, count: number) => {
  const mail = server.store.open(user)
  const inbox = mail.mailbox('INBOX')?.id ?? 0
  for (let from = 0; from < count; from += 500) {
    const some = Array.from({ length: Math.min(500, count - from) }, (_, at) => ({
      source: letter(from + at),
    }))
    await mail.append(inbox, some)
  }
  return mail
}

const mbsyncFile = (home: string, user: string): string => {
  mkdirSync(join(home, 'near'), { recursive: true })
  const settings = [
    ...[
      'IMAPAccount far',
      `Host ${server.host}`,
      `Port ${server.port}`,
      `User "${user}"`,
      `Pass ${password}`,
    ],
    ...['SSLType None', 'AuthMechs LOGIN', '', 'IMAPStore far', 'Account far', ''],
    ...['MaildirStore near', `Path ${home}/near/`, `Inbox ${home}/near/INBOX`, ''],
    ...[
      'Channel mail',
      'Far :far:',
      'Near :near:',
      'Patterns INBOX',
      'Create Both',
      'Expunge Both',
      'SyncState *',
    ],
  ]
  writeFileSync(join(home, 'mbsyncrc'), settings.join('\n'))
  return join(home, 'mbsyncrc')
}

const files = (home: string): string[] =>
  ['new', 'cur'].flatMap((name) =>
    readdirSync(join(home, 'near', 'INBOX', name)).map((file) => join(home, 'near', 'INBOX', name, file)),
  )

/** `F: +1/2 *3/4 #5/6 N: …`: what was added, changed and expunged on either side; the last line tells the totals. */
const transferred = ({ stdout, stderr }: Done): string[] =>
  [...`${stdout}${stderr}`.matchAll(/[+*#](\d+)\/\d+/g)].slice(-6).map(([, count]) => count as string)

withProgram(
  'mbsync',
  `mbsync: ${messages} messages both ways, and the second run transfers nothing`,
  async () => {
    const user = await server.addUser()
    const mail = await fill(user, messages)
    const inbox = mail.mailbox('INBOX')?.id ?? 0
    const home = join(folder, 'mbsync')
    const file = mbsyncFile(home, user)
    const sync = async () => {
      const done = await runProgram('mbsync', ['-c', file, 'mail'], { env: { HOME: home }, timeout: 280_000 })
      expect(done.code, done.stderr).toBe(0)
      return done
    }
    await sync()
    expect(files(home)).toHaveLength(messages)
    expect(transferred(await sync()).every((count) => count === '0')).toBe(true)

    // Changes on both sides: a flag and an expunge there, a new message, a flag and a deletion here.
    await mail.setFlags(inbox, [1], { how: 'add', flags: ['\\Flagged'] })
    await mail.setFlags(inbox, [2], { how: 'add', flags: ['\\Deleted'] })
    await mail.expunge(inbox, [2])
    const named = (number: number) =>
      files(home).find((each) => readFileSync(each, 'utf8').includes(`Subject: letter ${number}\n`)) as string
    writeFileSync(join(home, 'near', 'INBOX', 'new', 'mine'), 'Subject: from here\n\nmine\n')
    const seen = named(2)
    renameSync(seen, join(home, 'near', 'INBOX', 'cur', `${seen.split('/').pop()?.split(':')[0]}:2,S`))
    const away = named(3)
    renameSync(away, join(home, 'near', 'INBOX', 'cur', `${away.split('/').pop()?.split(':')[0]}:2,T`))
    await sync()
    expect(mail.uids(inbox)).toHaveLength(messages - 1)
    expect(mail.row(inbox, 3)?.flags).toEqual(['\\Seen'])
    expect(mail.row(inbox, 4)).toBeNull()
    expect(named(0)).toMatch(/:2,F/)
    expect(files(home)).toHaveLength(messages - 1)
    expect(transferred(await sync()).every((count) => count === '0')).toBe(true)
    server.store.release(mail)
  },
)

withProgram('fetchmail', 'fetchmail takes all mail over IMAP and leaves none', async () => {
  const user = await server.addUser()
  const mail = await fill(user, 12)
  const [file, got] = [join(folder, 'fetchmailrc'), join(folder, 'fetched')]
  writeFileSync(
    file,
    `poll ${server.host} port ${server.port} protocol IMAP user "${user}" password "${password}" sslproto '' mda "cat >> ${got}"\n`,
    { mode: 0o600 },
  )
  const done = await runProgram('fetchmail', ['-f', file, '--nodetach', '-i', join(folder, 'ids')], {
    env: { HOME: folder, FETCHMAILHOME: folder },
  })
  expect(done.code, `${done.stdout}${done.stderr}`).toBe(0)
  const text = readFileSync(got, 'utf8')
  for (let number = 0; number < 12; number += 1) expect(text).toContain(`Subject: letter ${number}\n`)
  expect(mail.uids(mail.mailbox('INBOX')?.id ?? 0)).toEqual([])
  // RFC 9051 section 6.4.3: the next run has nothing to do (fetchmail says so with 1).
  expect(
    (await runProgram('fetchmail', ['-f', file, '--nodetach'], { env: { FETCHMAILHOME: folder } })).code,
  ).toBe(1)
  server.store.release(mail)
})
