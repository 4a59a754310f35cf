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
