// Flags, copies, moves and expunges, in rows and in file names.
import { unlinkSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { mail, storeHouse } from '../../test/support/store-house'
import type { StoreEvent } from './contract'

const house = storeHouse()

describe('flags', () => {
  test('add, remove, replace; file names follow; counts follow', async () => {
    const { mailbox, uid } = await house.deliver('one')
    await house.alice.setFlags(mailbox, [uid], { how: 'add', flags: ['\\Seen', 'work'] })
    const before = house.inbox().highestModSeq
    const changed = await house.alice.setFlags(mailbox, [uid], { how: 'add', flags: ['\\Flagged', 'WORK'] })
    expect(changed.rows[0]!.modSeq).toBeGreaterThan(before)
    expect(house.flagsOf(uid)).toEqual(['\\Flagged', '\\Seen', 'work'])
    expect(house.inbox()).toMatchObject({ unseen: 0, highestModSeq: changed.rows[0]!.modSeq })
    await house.settled()
    await house.reopen()
    expect(house.filesIn('cur')[0]).toMatch(/:2,FSa$/)
    await house.alice.setFlags(mailbox, [uid], { how: 'remove', flags: ['\\Seen', 'work'] })
    await house.alice.setFlags(mailbox, [uid], { how: 'replace', flags: ['\\Draft'] })
    expect(house.flagsOf(uid)).toEqual(['\\Draft'])
    expect(String(await house.alice.read(mailbox, uid))).toContain('one')
  })
  test('UNCHANGEDSINCE refuses what changed (RFC 7162 section 3.1.3)', async () => {
    const { mailbox } = await house.deliver('one')
    await house.deliver('two')
    const since = house.inbox().highestModSeq
    await house.alice.setFlags(mailbox, [1], { how: 'add', flags: ['\\Seen'] })
    expect(house.alice.firstUnseen(mailbox)).toBe(2)
    const result = await house.alice.setFlags(mailbox, [1, 2], {
      how: 'add',
      flags: ['\\Flagged'],
      unchangedSince: since,
    })
    expect(result.modified).toEqual([1])
    expect(result.rows.map(({ uid }) => uid)).toEqual([2])
    expect([...house.alice.changedSince(mailbox, since)].map(({ uid }) => uid)).toEqual([1, 2])
  })
})

describe('copy, move, expunge', () => {
  test('COPY keeps flags, dates and EMAILID, with letters of the target', async () => {
    const { mailbox } = await house.deliver('one')
    await house.alice.setFlags(mailbox, [1], { how: 'add', flags: ['first', 'second', '\\Seen'] })
    const archive = house.alice.mailbox('Archive')!
    await house.alice.append(archive.id, [{ source: mail('other'), flags: ['second'] }])
    const { uids } = await house.alice.copy(mailbox, [1], archive.id)
    expect(uids).toEqual([2])
    const [from, to] = [house.alice.row(mailbox, 1)!, house.alice.row(archive.id, 2)!]
    expect(to).toMatchObject({ flags: from.flags, internalDate: from.internalDate, emailId: from.emailId })
    expect(house.filesIn('.Archive', 'cur').some((name) => name.endsWith(':2,Sab'))).toBe(true)
    expect(await house.alice.read(archive.id, 2)).toEqual(mail('one'))
  })
  test('MOVE tells both mailboxes, and the message is in one', async () => {
    const { mailbox } = await house.deliver('one')
    await house.deliver('two')
    const events: StoreEvent[] = []
    house.alice.watch((event) => events.push(event))
    const trash = house.alice.mailbox('Trash')!
    expect((await house.alice.move(mailbox, [1], trash.id)).uids).toEqual([1])
    expect(events.map(({ type }) => type)).toEqual(['exists', 'expunged'])
    expect(house.alice.uids(mailbox)).toEqual([2])
    expect(house.alice.expungedSince(mailbox, 0)).toEqual([1])
    expect(await house.alice.read(trash.id, 1)).toEqual(mail('one'))
    expect([house.inbox().messages, house.alice.mailbox('Trash')!.messages]).toEqual([1, 1])
  })
  test('many are copied and moved in commits that hold up nobody', async () => {
    const [inbox, archive, trash] = ['INBOX', 'Archive', 'Trash'].map((name) => house.alice.mailbox(name)!.id)
    const { uids } = await house.alice.append(
      inbox!,
      Array.from({ length: 1_000 }, () => ({ source: mail('one') })),
    )
    const again = await house.alice.copy(inbox!, uids, inbox!)
    const all = [...uids, ...again.uids]
    const sizes: number[] = []
    house.alice.watch((event) => event.type === 'exists' && sizes.push(event.rows.length))
    expect((await house.alice.copy(inbox!, all, archive!)).uids).toHaveLength(2_000)
    expect((await house.alice.move(inbox!, all, trash!)).uids).toHaveLength(2_000)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1_000)
    expect(house.inbox().messages).toBe(0)
  })
  test('RFC 9051 section 6.4.7: a COPY that fails late leaves nothing behind', async () => {
    const { id } = house.inbox()
    const { uids } = await house.alice.append(
      id,
      Array.from({ length: 1_000 }, () => ({ source: mail('one') })),
    )
    const more = await house.alice.append(id, [{ source: mail('last') }])
    unlinkSync(house.alice.path(id, more.uids[0]!))
    const archive = house.alice.mailbox('Archive')!.id
    const copying = house.alice.copy(id, [...uids, ...more.uids], archive)
    await expect(copying).rejects.toMatchObject({ code: 'nonexistent' })
    expect(house.alice.mailbox('Archive')!.messages).toBe(0)
    expect(house.filesIn('.Archive', 'cur')).toEqual([])
  })
  test('EXPUNGE takes only what is \\Deleted, and UIDs are never used again', async () => {
    const { mailbox } = await house.deliver('one')
    await house.deliver('two')
    await house.deliver('three')
    await house.alice.setFlags(mailbox, [1, 3], { how: 'add', flags: ['\\Deleted'] })
    expect(await house.alice.expunge(mailbox, [2, 3])).toEqual([3])
    expect(await house.alice.expunge(mailbox, null)).toEqual([1])
    await house.reopen()
    expect(house.inbox()).toMatchObject({ messages: 1, deleted: 0, uidNext: 4 })
    await house.alice.refresh(house.inbox().id)
    expect(house.alice.uids(mailbox)).toEqual([2])
    expect((await house.deliver('four')).uid).toBe(4)
  })
  test('a message expunged while its file is being renamed does not come back', async () => {
    const { mailbox } = await house.deliver('one')
    await house.alice.setFlags(mailbox, [1], { how: 'add', flags: ['\\Seen'] })
    await house.alice.setFlags(mailbox, [1], { how: 'add', flags: ['\\Deleted'] })
    await house.alice.expunge(mailbox, null)
    await house.reopen()
    await house.alice.refresh(mailbox)
    expect(house.alice.uids(mailbox)).toEqual([])
    expect([...house.filesIn('cur'), ...house.filesIn('new')]).toEqual([])
  })
})
