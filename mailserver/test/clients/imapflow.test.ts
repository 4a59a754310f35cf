// The library that our own web app uses, against our own server.
import { ImapFlow } from 'imapflow'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { password, startServer, type TestServer } from '../server'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(async () => {
  expect(server.errors).toEqual([])
  await server.close()
})

const connect = async (user: string): Promise<ImapFlow> => {
  const client = new ImapFlow({
    host: server.host,
    port: server.port,
    secure: false,
    doSTARTTLS: true,
    tls: { rejectUnauthorized: false },
    auth: { user, pass: password },
    logger: false,
  })
  await client.connect()
  return client
}

const letter = (subject: string) =>
  `From: Ann <ann@example.org>\r\nTo: bob@example.org\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@example.org>\r\n\r\nHello ${subject}\r\n`

test('imapflow lists, appends, reads, flags, searches, moves and deletes over STARTTLS', async () => {
  const client = await connect(await server.addUser())
  const names = (await client.list()).map(({ path }) => path)
  expect(names).toEqual(expect.arrayContaining(['INBOX', 'Sent', 'Drafts', 'Trash', 'Junk', 'Archive']))
  for (const subject of ['one', 'two', 'three']) await client.append('INBOX', letter(subject), ['\\Seen'])
  await client.mailboxOpen('INBOX')
  const subjects: (string | undefined)[] = []
  for await (const message of client.fetch('1:*', { envelope: true, flags: true, bodyStructure: true })) {
    subjects.push(message.envelope?.subject)
    expect(message.flags).toContain('\\Seen')
  }
  expect(subjects).toEqual(['one', 'two', 'three'])
  expect(await client.search({ subject: 'TWO' }, { uid: true })).toEqual([2])
  await client.messageFlagsAdd('2', ['\\Flagged', 'custom'], { uid: true })
  expect(((await client.fetchOne('2', { flags: true }, { uid: true })) || undefined)?.flags).toContain(
    'custom',
  )
  const moved = await client.messageMove('1:2', 'Archive', { uid: true })
  expect(moved && [...(moved.uidMap ?? [])]).toEqual([
    [1, 1],
    [2, 2],
  ])
  await client.messageDelete('3', { uid: true })
  expect(await client.status('INBOX', { messages: true })).toMatchObject({ messages: 0 })
  await client.logout()
})

test('imapflow hears of a message that another connection appends while it idles', async () => {
  const user = await server.addUser()
  const [watcher, writer] = [await connect(user), await connect(user)]
  await watcher.mailboxOpen('INBOX')
  const told = new Promise<number>((done) => watcher.on('exists', ({ count }) => done(count)))
  void watcher.idle()
  await writer.append('INBOX', letter('news'))
  expect(await told).toBe(1)
  await Promise.all([watcher.logout(), writer.logout()])
})
