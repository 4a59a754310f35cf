// Files that another program puts into a mailbox's folder, renames or removes, as a client sees it: on SELECT, STATUS
// and while IDLE.
import { renameSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Wire } from '../conformance/wire'
import { password, startServer, type TestServer } from '../server'
import { nextTick } from '../support/tick'

let server: TestServer
beforeAll(async () => {
  server = await startServer('one for all')
})
afterAll(() => server.close())

const signedIn = async (user: string): Promise<Wire> => {
  const wire = await Wire.open(server)
  await wire.line()
  await wire.command(`LOGIN ${user} ${password}`)
  return wire
}

/** The next line that is not about something else. */
const next = async (wire: Wire, wanted: RegExp): Promise<string> => {
  for (;;) {
    const line = await wire.line()
    if (line === null) throw new Error(`the connection ended before ${String(wanted)}`)
    if (wanted.test(line)) return line
  }
}

const setUp = async () => {
  const user = await server.addUser()
  const store = server.store.open(user)
  const inbox = store.mailbox('INBOX')!.id
  await store.deliver('INBOX', { source: Buffer.from('Subject: ours\r\n\r\nx\r\n') })
  const pathOf = (uid: number) => store.path(inbox, uid)
  const folder = dirname(dirname(pathOf(1)))
  const tick = () => nextTick(folder)
  const drop = async (name: string) => {
    await tick()
    writeFileSync(join(folder, 'new', name), 'Subject: dropped\n\nby mutt\n')
  }
  return { user, pathOf, tick, drop, done: () => server.store.release(store) }
}

test('STATUS and SELECT count what was dropped and what is gone', async () => {
  const { user, pathOf, tick, drop, done } = await setUp()
  const wire = await signedIn(user)
  await drop('1.other.host')
  expect((await wire.command('STATUS INBOX (MESSAGES UNSEEN)')).told).toEqual([
    '* STATUS "INBOX" (MESSAGES 2 UNSEEN 2)',
  ])
  const path = pathOf(2)
  await tick()
  renameSync(path, path.replace('/new/', '/cur/').concat(':2,S'))
  expect((await wire.command('STATUS INBOX (MESSAGES UNSEEN)')).told).toEqual([
    '* STATUS "INBOX" (MESSAGES 2 UNSEEN 1)',
  ])
  await drop('2.other.host')
  expect((await wire.command('SELECT INBOX')).told).toContain('* 3 EXISTS')
  await tick()
  unlinkSync(pathOf(1))
  expect((await wire.command('SELECT INBOX')).told).toContain('* 2 EXISTS')
  wire.close()
  done()
})

test('a client in IDLE is told of a file that came, was flagged, and went', async () => {
  const { user, pathOf, tick, drop, done } = await setUp()
  const wire = await signedIn(user)
  await wire.command('SELECT INBOX')
  wire.begin('IDLE')
  await next(wire, /^\+/)
  await drop('1.other.host')
  expect(await next(wire, /EXISTS/)).toBe('* 2 EXISTS')
  const path = pathOf(2)
  await tick()
  renameSync(path, path.replace('/new/', '/cur/').concat(':2,F'))
  expect(await next(wire, /FETCH/)).toBe('* 2 FETCH (UID 2 FLAGS (\\Flagged))')
  await tick()
  unlinkSync(pathOf(1))
  expect(await next(wire, /EXPUNGE/)).toBe('* 1 EXPUNGE')
  wire.close()
  done()
})
