// Deliveries and APPEND: what is told of them, and what is on disk.
import { statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { mail, storeHouse } from '../../test/support/store-house'
import { breathe } from './context'
import type { StoreEvent } from './contract'

const house = storeHouse()

/** ENVELOPE, BODY and preview. */
const factsOf = (uid: number) => {
  const { columns, records } = house.alice.told(
    house.inbox().id,
    { from: uid, to: uid },
    new Set(['envelope', 'body', 'preview']),
  )
  expect(columns).toEqual(['uid', 'envelope', 'body', 'preview'])
  return records[0]?.slice(1).map(String) ?? []
}

describe('arrivals', () => {
  test('a delivery has a UID, a row, counts, an event and its bytes', async () => {
    const events: StoreEvent[] = []
    house.alice.watch((event) => events.push(event))
    const { mailbox, uid, uidValidity } = await house.deliver('one')
    expect({ mailbox, uid, uidValidity }).toEqual({
      mailbox: house.inbox().id,
      uid: 1,
      uidValidity: house.inbox().uidValidity,
    })
    expect(house.inbox()).toMatchObject({ messages: 1, unseen: 1, uidNext: 2, size: mail('one').length })
    expect(events).toMatchObject([{ type: 'exists', mailbox, rows: [{ uid: 1, flags: [] }] }])
    expect(await house.alice.read(mailbox, 1)).toEqual(mail('one'))
    expect(String(await house.alice.readRange(mailbox, 1, 6, 22))).toBe('bob@posthorn.tes')
    expect(Buffer.concat(await house.alice.stream(mailbox, 1).toArray())).toEqual(mail('one'))
    expect(factsOf(1)).toEqual([
      expect.stringContaining('"one"'),
      '("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 13 1)',
      'body of one',
    ])
    expect(house.alice.path(mailbox, 1)).toContain('/Maildir/new/')
  })
  test('UIDs of concurrent deliveries grow without a gap', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, (_, index) => house.deliver(String(index))))
    expect(all.map(({ uid }) => uid).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 50 }, (_, i) => i + 1),
    )
  })
  test('a file on the same file system is linked, not copied', async () => {
    const file = join(house.folder, 'spooled')
    writeFileSync(file, mail('spooled'))
    const { mailbox, uid } = await house.alice.deliver('INBOX', { source: { file } })
    writeFileSync(file, 'x', { flag: 'a' })
    expect(String(await house.alice.read(mailbox, uid))).toBe(`${mail('spooled')}x`)
  })
  test('a sealed file gets one more name and nothing in tmp', async () => {
    const file = join(house.folder, 'spooled')
    writeFileSync(file, mail('sealed'))
    const at = new Date(1_700_000_000_000)
    utimesSync(file, at, at)
    const sealed = { size: mail('sealed').length, bytes: mail('sealed') }
    const message = { source: { file, sealed }, internalDate: at, deliveryId: 'q2 alice INBOX' }
    const first = await house.alice.deliver('INBOX', message)
    expect(await house.alice.deliver('INBOX', message)).toEqual(first)
    expect(house.filesIn('new')).toHaveLength(1)
    expect(statSync(file).nlink).toBe(2)
    expect(house.filesIn('tmp')).toEqual([])
    expect(house.alice.row(first.mailbox, first.uid)).toMatchObject({ internalDate: at })
  })
  test('a delivery repeated under its id is one message, also after it was expunged', async () => {
    const message = { source: mail('once'), deliveryId: 'q1 house.alice INBOX' }
    const first = await house.alice.deliver('INBOX', message)
    expect(await house.alice.deliver('INBOX', message)).toEqual(first)
    await house.alice.setFlags(first.mailbox, [first.uid], { how: 'add', flags: ['\\Deleted'] })
    await house.alice.expunge(first.mailbox, null)
    await house.reopen()
    expect(await house.alice.deliver('INBOX', message)).toEqual(first)
    expect(house.inbox().messages).toBe(0)
  })
  test('APPEND keeps flags, keywords and INTERNALDATE, in the file too', async () => {
    const at = new Date('2020-02-02T02:02:02Z')
    const { uids } = await house.alice.append(house.inbox().id, [
      { source: mail('x'), flags: ['\\seen', '$Work', '\\Recent'], internalDate: at },
      { source: mail('y') },
    ])
    expect(uids).toEqual([1, 2])
    expect(house.alice.row(house.inbox().id, 1)).toMatchObject({
      flags: ['$Work', '\\Seen'],
      internalDate: at,
    })
    expect(house.filesIn('cur').some((name) => name.endsWith(':2,Sa'))).toBe(true)
  })
  test('a large message is read by the worker, with the same facts', async () => {
    const large =
      mail('large', `X-Long: ${'x'.repeat(100)}\r\n`).toString() + `${'line of text\r\n'.repeat(100_000)}`
    const { mailbox, uid } = await house.alice.deliver('INBOX', { source: Buffer.from(large) })
    const [envelope, body] = factsOf(uid)
    expect(envelope).toContain('"large"')
    expect(body).toContain(' 100001)')
    expect(await house.alice.search(mailbox, { key: 'body', value: 'line of text' })).toEqual([uid])
  })
  test('quota refuses what does not fit', async () => {
    await house.reopen({ quotaOf: () => ({ bytes: 200, messages: 2 }) })
    await house.deliver('1')
    await expect(house.alice.append(house.inbox().id, [{ source: Buffer.alloc(300) }])).rejects.toMatchObject(
      {
        code: 'over-quota',
      },
    )
    await house.deliver('2')
    await expect(house.deliver('3')).rejects.toMatchObject({ code: 'over-quota' })
    expect(house.alice.quota()).toMatchObject({ messages: 2, byteLimit: 200, messageLimit: 2 })
  })
  test('a copy of what is expunged meanwhile is refused, and leaves no file', async () => {
    // More than are placed in one breath: the loop turns once more before the folders are synced and the rows written.
    const all = await Promise.all(Array.from({ length: 17 }, (_, at) => house.deliver(`gone ${at}`)))
    const mailbox = house.inbox().id
    const uids = all.map(({ uid }) => uid)
    await house.alice.setFlags(mailbox, uids, { how: 'add', flags: ['\\Deleted'] })
    await house.settled()
    const archive = house.alice.mailbox('Archive')!.id
    const copying = house.alice.copy(mailbox, uids, archive).catch((error: unknown) => error)
    const over = new AbortController()
    void copying.then(() => over.abort())
    // A copy that fails before its files stand takes them back: then there is nothing to wait for.
    while (!over.signal.aborted && house.filesIn('.Archive', 'cur').length < uids.length) await breathe()
    await house.alice.expunge(mailbox, null)
    expect(await copying).toMatchObject({ code: 'nonexistent' })
    expect(house.alice.mailboxById(archive)).toMatchObject({ messages: 0 })
    expect(house.filesIn('.Archive', 'cur')).toEqual([])
  })
  test('what is expunged before anybody was told of it is told of by nobody', async () => {
    const { mailbox, uid } = await house.deliver('marked')
    await house.alice.setFlags(mailbox, [uid], { how: 'add', flags: ['\\Deleted'] })
    await house.settled()
    const told: [string, number][] = []
    house.alice.watch((event) => {
      if (event.type === 'exists') for (const row of event.rows) told.push(['exists', row.uid])
      if (event.type === 'expunged') for (const gone of event.uids) told.push(['expunged', gone])
    })
    const archive = house.alice.mailbox('Archive')!.id
    for (let round = 1; round <= 10; round += 1) {
      const copying = house.alice.copy(mailbox, [uid], archive)
      // The row stands before its sync has ended, and nobody has been told of it.
      while (house.alice.mailboxById(archive)?.messages === 0) await breathe()
      await house.alice.expunge(archive, null)
      await copying
    }
    const late = told.filter(
      ([what, of], at) =>
        what === 'exists' && told.slice(0, at).some(([was, gone]) => was === 'expunged' && gone === of),
    )
    expect(late).toEqual([])
    expect(told.some(([what]) => what === 'expunged')).toBe(true)
  })
})
