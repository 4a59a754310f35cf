// What is promised is offered: the list of extensions this server is built for, before and after the sign-in.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { password, startServer, type TestServer } from '../server'
import { Wire } from './wire'

const promised =
  'IMAP4rev1 LITERAL+ SASL-IR ENABLE ID IDLE NAMESPACE UIDPLUS UNSELECT CHILDREN SPECIAL-USE CREATE-SPECIAL-USE LIST-EXTENDED LIST-STATUS STATUS=SIZE MOVE CONDSTORE QRESYNC ESEARCH SEARCHRES SORT SORT=DISPLAY THREAD=ORDEREDSUBJECT THREAD=REFERENCES WITHIN PREVIEW OBJECTID SAVEDATE BINARY MULTIAPPEND REPLACE UTF8=ACCEPT QUOTA COMPRESS=DEFLATE NOTIFY'

let server: TestServer
beforeAll(async () => {
  server = await startServer('one for all')
})
afterAll(() => server.close())

test('CAPABILITY after the sign-in names every promised extension', async () => {
  const wire = await Wire.open(server)
  const greeting = (await wire.line()) ?? ''
  expect(greeting).toContain('AUTH=PLAIN')
  expect(greeting).toContain('STARTTLS')
  await wire.command(`LOGIN ${await server.addUser()} ${password}`)
  const { told } = await wire.command('CAPABILITY')
  const offered = (told[0] ?? '').split(' ')
  expect(promised.split(' ').filter((name) => !offered.includes(name))).toEqual([])
  expect(offered.find((name) => name.startsWith('APPENDLIMIT='))).toBeDefined()
  expect(offered).not.toContain('LITERAL-')
  wire.close()
})

test('another connection is answered within 20 ms while a long FETCH runs', async () => {
  const user = await server.addUser()
  const store = server.store.open(user)
  const inbox = store.mailbox('INBOX')
  const text = Buffer.from(`From: a@b\r\nSubject: many\r\n\r\n${'words '.repeat(50)}\r\n`)
  const many = Array.from({ length: 1000 }, () => ({ source: text }))
  await store.append(inbox?.id ?? 0, many)
  server.store.release(store)
  const [busy, quick] = [await Wire.open(server), await Wire.open(server)]
  for (const wire of [busy, quick]) {
    await wire.line()
    await wire.command(`LOGIN ${user} ${password}`)
    await wire.command('SELECT INBOX')
  }
  const typical = async () => {
    const times: number[] = []
    for (let round = 0; round < 20; round += 1) {
      const started = performance.now()
      await quick.command('CAPABILITY')
      times.push(performance.now() - started)
    }
    return times.sort((a, b) => a - b)[10] as number
  }
  const alone = await typical()
  const long = busy.command('FETCH 1:* (ENVELOPE BODYSTRUCTURE BODY.PEEK[])')
  const beside = await typical()
  await long
  // A machine shared with other tests has its own delays: what the FETCH adds is what counts.
  expect(beside - alone).toBeLessThan(20)
  busy.close()
  quick.close()
})
