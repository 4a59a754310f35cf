// The doors, word by word, over real sockets.
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dialog, greeted } from '../support/dialog'
import { password, startServer, type TestServer } from '../support/server'

let server: TestServer
beforeAll(async () => {
  server = await startServer({
    env: { POSTHORN_MESSAGE_SIZE_LIMIT: '100000', POSTHORN_RECIPIENT_LIMIT: '5' },
    socket: 'lmtp',
  })
})
afterAll(() => server.stop())

const smtp = () => server.doors.smtp as number
const submission = () => server.doors.submission as number
const plain = (user: string, secret: string) => Buffer.from(`\0${user}\0${secret}`).toString('base64')

const signedIn = async () => {
  const talk = await greeted(submission())
  expect(await talk.say(`AUTH PLAIN ${plain('alice@posthorn.test', password)}`)).toMatch(/^235 2\.7\.0/)
  return talk
}

const envelope = async (talk: Awaited<ReturnType<typeof greeted>>, from: string, ...to: string[]) => {
  expect(await talk.say(`MAIL FROM:<${from}>`)).toMatch(/^250/)
  for (const each of to) expect(await talk.say(`RCPT TO:<${each}>`)).toMatch(/^250/)
  expect(await talk.say('DATA')).toMatch(/^354/)
}

// RFC 5321 appendix D.1, with our names.
test('the dialogue of the textbook works as printed', async () => {
  const talk = await dialog(smtp())
  expect(await talk.reply()).toMatch(/^220 mail\.posthorn\.test ESMTP/)
  expect(await talk.say('HELO client.example')).toBe('250 mail.posthorn.test')
  expect(await talk.say('MAIL FROM:<smith@client.example>')).toMatch(/^250 2\.1\.0/)
  expect(await talk.say('RCPT TO:<bob@posthorn.test>')).toMatch(/^250 2\.1\.5/)
  expect(await talk.say('DATA')).toBe('354 End data with <CR><LF>.<CR><LF>')
  talk.send('Subject: textbook\r\n\r\nBlah blah blah...\r\n..with a dot\r\n.\r\n')
  expect(await talk.reply()).toMatch(/^250 2\.0\.0 Ok: queued as [0-9A-Z]{8,}$/)
  expect(await talk.say('QUIT')).toMatch(/^221 2\.0\.0/)
  await server.idle()
  const mail = server.mails('bob').find((text) => text.includes('Subject: textbook')) as string
  expect(mail).toMatch(
    /^Return-Path: <smith@client\.example>\r\nReceived: from client\.example \(localhost \[127\.0\.0\.1\]\)\r\n/,
  )
  expect(mail).toContain('with SMTP id ')
  // RFC 6409 section 8: what is missing is added where people submit, and nowhere else.
  expect(mail).not.toMatch(/^(Date|Message-ID|From):/im)
  expect(mail).toContain('\r\n\r\nBlah blah blah...\r\n.with a dot\r\n')
})

test('EHLO offers what works, and nothing else', async () => {
  const talk = await dialog(smtp())
  await talk.reply()
  const features = (await talk.say('EHLO client.example'))
    .split('\n')
    .slice(1)
    .map((line) => line.slice(4))
  expect(features.sort()).toEqual(
    ['8BITMIME', 'DSN', 'ENHANCEDSTATUSCODES', 'PIPELINING', 'SIZE 100000', 'SMTPUTF8', 'STARTTLS'].sort(),
  )
  expect(await talk.say('VRFY alice')).toMatch(/^252/)
  expect(await talk.say('HELP')).toMatch(/^214/)
  expect(await talk.say('WIZ')).toMatch(/^50[02]/)
  expect(await talk.say('NOOP')).toMatch(/^250/)
  talk.end()
})

test.each([
  ['RCPT TO:<nobody@posthorn.test>', /^550 5\.1\.1 /],
  ['RCPT TO:<someone@elsewhere.example>', /^554 5\.7\.1 /],
  ['RCPT TO:<a%elsewhere.example@posthorn.test>', /^550 5\.1\.1 /],
  ['RCPT TO:<"someone@elsewhere.example"@posthorn.test>', /^5/],
  ['RCPT TO:<elsewhere.example!someone@posthorn.test>', /^550 5\.1\.1 /],
  ['RCPT TO:<postmaster@posthorn.test>', /^250 /],
  ['RCPT TO:<abuse@posthorn.test>', /^250 /],
  ['RCPT TO:<bob+anything@posthorn.test>', /^250 /],
  ['RCPT TO:<BOB@Posthorn.TEST>', /^250 /],
])('a stranger says %s', async (line, expected) => {
  const talk = await greeted(smtp())
  await talk.say('MAIL FROM:<x@client.example>')
  expect(await talk.say(line)).toMatch(expected)
  talk.end()
})

test('submission needs a sign-in, and then only as oneself (RFC 6409 section 6.1)', async () => {
  const unsigned = await greeted(submission())
  expect(await unsigned.say('MAIL FROM:<alice@posthorn.test>')).toMatch(/^530 5\.7\.0/)
  unsigned.end()
  const talk = await signedIn()
  expect(await talk.say('MAIL FROM:<bob@posthorn.test>')).toMatch(/^553 5\.7\.1/)
  expect(await talk.say('MAIL FROM:<x@elsewhere.example>')).toMatch(/^553 5\.7\.1/)
  expect(await talk.say('MAIL FROM:<alice+news@posthorn.test>')).toMatch(/^250/)
  talk.end()
})

test('AUTH LOGIN and AUTH PLAIN in two steps, with a bare user name', async () => {
  const login = await greeted(submission())
  expect(await login.say('AUTH LOGIN')).toBe('334 VXNlcm5hbWU6')
  expect(await login.say(Buffer.from('alice').toString('base64'))).toBe('334 UGFzc3dvcmQ6')
  expect(await login.say(Buffer.from(password).toString('base64'))).toMatch(/^235/)
  login.end()
  const two = await greeted(submission())
  expect(await two.say('AUTH PLAIN')).toMatch(/^334/)
  expect(await two.say(plain('alice@posthorn.test', 'wrong'))).toMatch(/^535 5\.7\.8/)
  expect(await two.say('AUTH PLAIN')).toMatch(/^334/)
  expect(await two.say('*')).toMatch(/^501/)
  two.end()
})

test('submission adds Date and Message-ID and takes Bcc away', async () => {
  const talk = await signedIn()
  await envelope(talk, 'alice@posthorn.test', 'bob@posthorn.test')
  talk.send(
    'From: alice@posthorn.test\r\nBcc: secret@elsewhere.example,\r\n\tother@elsewhere.example\r\nSubject: complete me\r\n\r\nx\r\n.\r\n',
  )
  expect(await talk.reply()).toMatch(/^250 2\.0\.0 Ok: queued as/)
  await server.idle()
  const mail = server.mails('bob').find((text) => text.includes('complete me')) as string
  expect(mail).toMatch(/^Date: \w{3}, \d{1,2} \w{3} \d{4} [\d:]{8} [+-]\d{4}\r$/m)
  expect(mail).toMatch(/^Message-ID: <[^>]+@posthorn\.test>\r$/m)
  expect(mail).not.toContain('secret@elsewhere')
  expect(mail).not.toContain('other@elsewhere')
  talk.end()
})

test('implicit TLS on the other submission door', async () => {
  const talk = await greeted(server.doors.smtps as number, { tls: 'from the start' })
  expect(await talk.say(`AUTH PLAIN ${plain('alice@posthorn.test', password)}`)).toMatch(/^235/)
  await envelope(talk, 'alice@posthorn.test', 'bob@posthorn.test')
  talk.send('Subject: over 465\r\n\r\nx\r\n.\r\n')
  expect(await talk.reply()).toMatch(/^250/)
  await server.idle()
  expect(server.mails('bob').find((text) => text.includes('over 465'))).toContain('with ESMTPSA id')
  talk.end()
})

// CVE-2011-0411: what was sent in the clear behind STARTTLS must not run inside TLS.
test('nothing pipelined behind STARTTLS survives it', async () => {
  const talk = await greeted(smtp())
  talk.send('STARTTLS\r\nMAIL FROM:<injected@client.example>\r\nRCPT TO:<bob@posthorn.test>\r\n')
  expect(await talk.reply()).toMatch(/^220/)
  await talk.startTls()
  expect(await talk.say('RCPT TO:<bob@posthorn.test>')).toMatch(/^503/)
  expect(await talk.say('EHLO client.example')).not.toContain('STARTTLS')
  talk.end()
})

// RFC 5321 section 2.3.8; CVE-2023-51764 and its family.
test.each([
  ['bare LF', 'Subject: x\r\n\r\nbody\nmore\r\n.\r\n'],
  ['bare CR', 'Subject: x\r\n\r\nbody\rmore\r\n.\r\n'],
  ['LF.LF', 'Subject: x\r\n\r\nbody\n.\nMAIL FROM:<evil@client.example>\r\n.\r\n'],
  ['LF.CRLF', 'Subject: x\r\n\r\nbody\n.\r\nMAIL FROM:<evil@client.example>\r\n.\r\n'],
  ['CR.CR', 'Subject: x\r\n\r\nbody\r.\rMAIL FROM:<evil@client.example>\r\n.\r\n'],
  ['bare LF in the head', 'Subject: x\nBcc: y\r\n\r\nbody\r\n.\r\n'],
])('no smuggling: %s is refused as one message', async (_, data) => {
  const talk = await greeted(smtp())
  await envelope(talk, 'x@client.example', 'bob@posthorn.test')
  talk.send(data)
  expect(await talk.reply()).toMatch(/^550 5\.5\.2/)
  // Still in step: the next answer belongs to the next question.
  expect(await talk.say('NOOP')).toMatch(/^250/)
  await server.idle()
  expect(server.mails('bob').join()).not.toContain('evil@client.example')
  talk.end()
})

test('too large: by its word, and by its bytes', async () => {
  const talk = await greeted(smtp())
  expect(await talk.say('MAIL FROM:<x@client.example> SIZE=200000')).toMatch(/^552 5\.3\.4/)
  await envelope(talk, 'x@client.example', 'bob@posthorn.test')
  talk.send(`Subject: big\r\n\r\n${'0123456789\r\n'.repeat(10_000)}.\r\n`)
  expect(await talk.reply()).toMatch(/^552 5\.3\.4/)
  expect(await talk.say('NOOP')).toMatch(/^250/)
  talk.end()
})

test('two ways to one mailbox bring one message', async () => {
  const talk = await greeted(smtp())
  await envelope(talk, 'x@client.example', 'bob@posthorn.test', 'bob+tag@posthorn.test', 'BOB@posthorn.test')
  talk.send('Subject: only once\r\n\r\nx\r\n.\r\n')
  expect(await talk.reply()).toMatch(/^250/)
  await server.idle()
  expect(server.mails('bob').filter((text) => text.includes('only once'))).toHaveLength(1)
  talk.end()
})

test.each([
  ['a port', () => server.doors.lmtp as number],
  ['a unix socket', () => join(server.home, 'lmtp')],
])('LMTP on %s answers for each recipient (RFC 2033 section 4.2)', async (where, door) => {
  const talk = await dialog(door())
  expect(await talk.reply()).toMatch(/^220 .*LMTP/)
  expect(await talk.say('LHLO mta.example')).toMatch(/^250/)
  expect(await talk.say('MAIL FROM:<x@client.example>')).toMatch(/^250/)
  expect(await talk.say('RCPT TO:<bob@posthorn.test>')).toMatch(/^250/)
  expect(await talk.say('RCPT TO:<nobody@posthorn.test>')).toMatch(/^550/)
  expect(await talk.say('RCPT TO:<alice@posthorn.test>')).toMatch(/^250/)
  await talk.say('DATA')
  talk.send(`Subject: by lmtp on ${where}\r\n\r\nx\r\n.\r\n`)
  expect(await talk.reply()).toMatch(/^250 2\.0\.0/)
  expect(await talk.reply()).toMatch(/^250 2\.0\.0/)
  await server.idle()
  expect(server.mails('alice').join()).toContain(`by lmtp on ${where}`)
  talk.end()
})
