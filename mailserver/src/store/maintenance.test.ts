// What others do to the folder, and what an administrator asks of the store.
import { readFileSync, renameSync, rmSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { storeHouse } from '../../test/support/store-house'
import { nextTick } from '../../test/support/tick'
import type { StoreEvent } from './contract'
import { createStore } from './index'

const house = storeHouse()

describe('other programs in the folder', () => {
  test('new, flagged, removed and LF-only files are noticed', async () => {
    const { mailbox } = await house.deliver('one')
    await house.deliver('two')
    await house.alice.refresh(mailbox)
    const [one, two] = [house.alice.path(mailbox, 1), house.alice.path(mailbox, 2)]
    await nextTick(house.maildir())
    renameSync(one, house.maildir('cur', `${one.split('/').at(-1)}:2,FS`))
    unlinkSync(two)
    writeFileSync(house.maildir('new', '1.foreign.host'), 'Subject: foreign\n\nline\n')
    utimesSync(house.maildir('new', '1.foreign.host'), 1_000_000_000, 1_000_000_000)
    const events: string[] = []
    house.alice.watch(({ type }) => events.push(type))
    await house.alice.refresh(mailbox)
    expect(events).toEqual(['expunged', 'flags', 'exists'])
    expect(house.alice.uids(mailbox)).toEqual([1, 3])
    expect(house.flagsOf(1)).toEqual(['\\Flagged', '\\Seen'])
    expect(house.alice.row(mailbox, 3)).toMatchObject({ size: 26, internalDate: new Date(1e12) })
    expect(String(await house.alice.read(mailbox, 3))).toBe('Subject: foreign\r\n\r\nline\r\n')
    expect(String(await house.alice.readRange(mailbox, 3, 20, 24))).toBe('line')
    await house.reopen()
    await house.alice.refresh(mailbox)
    expect(house.alice.uids(mailbox)).toEqual([1, 3])
  })
  test('a folder made, renamed or removed by hand', async () => {
    house.alice.create('Work/Old')
    const before = house.alice.mailbox('Work/Old')!
    await house.store.close()
    renameSync(house.maildir('.Work.Old'), house.maildir('.Work.New'))
    rmSync(house.maildir('.Junk'), { recursive: true })
    house.open()
    expect(house.alice.mailbox('Work/New')).toMatchObject({ id: before.id, uidValidity: before.uidValidity })
    expect(house.alice.mailbox('Work/Old')).toBeNull()
    expect(house.alice.mailbox('Junk')).toBeNull()
  })
})

describe('maintenance', () => {
  test('reindex gives the same UIDs, flags and UIDVALIDITY, and a greater MODSEQ', async () => {
    await house.deliver('one')
    await house.deliver('two')
    await house.deliver('three', 'Message-ID: <3@x>\r\n')
    const { id } = house.inbox()
    await house.alice.setFlags(id, [1, 2], { how: 'add', flags: ['\\Deleted'] })
    await house.alice.setFlags(id, [3], { how: 'add', flags: ['work', '\\Seen'] })
    await house.alice.expunge(id, [2])
    await house.settled()
    house.alice.create('Кот/b', undefined)
    house.alice.subscribe('Кот', false)
    const facts = () =>
      house.alice.mailboxes().map(({ id: _, highestModSeq: __, ...rest }) => ({
        ...rest,
        rows: house.alice
          .rows(house.alice.mailbox(rest.name)!.id)
          .map(({ uid, flags, size, emailId, internalDate }) => ({
            ...{ uid, flags, size, emailId, internalDate },
          })),
      }))
    const before = facts()
    const modSeq = house.inbox().highestModSeq
    await expect(house.store.reindex('nobody@posthorn.test')).rejects.toMatchObject({ code: 'nonexistent' })
    await expect(house.store.reindex('alice@posthorn.test')).rejects.toMatchObject({ code: 'in-use' })
    expect(await house.reindex()).toEqual({ mailboxes: 8, messages: 2 })
    expect(facts()).toEqual(before)
    expect(house.inbox().highestModSeq).toBeGreaterThan(modSeq)
    expect(house.alice.expungedSince(house.inbox().id, modSeq)).toEqual([2])
    expect((await house.deliver('four')).uid).toBe(4)
  })
  test('without its database and list, a mailbox has a new UIDVALIDITY', async () => {
    await house.deliver('one')
    const { uidValidity } = house.inbox()
    await house.store.close()
    for (const file of ['store.db', 'Maildir/posthorn-uidlist'])
      unlinkSync(join(house.folder, 'alice@posthorn.test', file))
    house.store = createStore({ folder: house.folder })
    await house.store.reindex('alice@posthorn.test')
    house.alice = house.store.open('alice@posthorn.test')
    expect(house.inbox().messages).toBe(1)
    expect(house.inbox().uidValidity).toBeGreaterThan(uidValidity)
  })
  test('export for Dovecot names every UID and keyword', async () => {
    await house.deliver('one')
    await house.alice.setFlags(house.inbox().id, [1], { how: 'add', flags: ['$Forwarded'] })
    const { uidValidity } = house.inbox()
    expect(await house.store.exportDovecot('alice@posthorn.test')).toEqual({ mailboxes: 6, messages: 1 })
    expect(readFileSync(house.maildir('dovecot-uidlist'), 'utf8')).toMatch(
      new RegExp(`^3 V${uidValidity} N2 G[0-9a-f]{32}\\n1 :\\d+\\.M[^:]+\\n$`),
    )
    expect(readFileSync(house.maildir('dovecot-keywords'), 'utf8')).toBe('0 $Forwarded\n')
    expect(readFileSync(house.maildir('subscriptions'), 'utf8')).toContain('V\t2\n\nArchive\n')
  })
  test('what another program drops is told to a listener without being asked', async () => {
    const told = new Promise<StoreEvent>((done) => house.alice.watch(done))
    await house.alice.refresh(house.inbox().id)
    writeFileSync(house.maildir('new', '1.foreign.host'), 'Subject: foreign\n\nline\n')
    expect(await told).toMatchObject({ type: 'exists', rows: [{ uid: 1 }] })
  })
})
