// Names of mailboxes on disk, and what becomes of their messages.
import { existsSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { mail, storeHouse } from '../../test/support/store-house'
import { breathe } from './context'

const house = storeHouse()

describe('mailboxes', () => {
  test('names of any script, dots and ampersands go to disk and back', async () => {
    for (const name of ['Входящие', 'a.b/c & d', '受信/日本語', 'ünï', 'x~y', '100%']) {
      house.alice.create(name)
      await house.reopen()
      expect(house.alice.mailbox(name)?.name).toBe(name)
    }
    expect(existsSync(house.maildir('.a&AC4-b.c &- d'))).toBe(true)
  })
  test('nothing in a name leaves the folder', () => {
    for (const name of ['../x', 'a//b', '/', '', 'a\0', 'a\r\nb', 'x'.repeat(300), 'a/'.repeat(30) + 'a']) {
      if (name === '../x') house.alice.create(name)
      else expect(() => house.alice.create(name), JSON.stringify(name)).toThrow()
    }
    expect(readdirSync(house.folder).filter((name) => !name.startsWith('.'))).toEqual(['alice@posthorn.test'])
  })
  test('UIDVALIDITY grows when a name is used again', async () => {
    const first = house.alice.create('x').uidValidity
    await house.alice.remove('x')
    expect(house.alice.create('x').uidValidity).toBeGreaterThan(first)
    expect(() => house.alice.create('x')).toThrow('exists')
  })
  test('delete with children leaves a name; rename takes children along', async () => {
    house.alice.create('a/b/c')
    const b = house.alice.mailbox('a/b')!
    await house.alice.append(b.id, [{ source: mail('kept') }])
    await house.alice.remove('a')
    expect(house.alice.mailbox('a')).toMatchObject({ selectable: false })
    await house.alice.rename('a', 'z')
    expect(house.alice.mailboxes().map(({ name }) => name)).toEqual(
      expect.arrayContaining(['z', 'z/b', 'z/b/c']),
    )
    expect(await house.alice.read(b.id, 1)).toEqual(mail('kept'))
    await expect(house.alice.rename('z', 'z/q')).rejects.toThrow()
    await expect(house.alice.remove('INBOX')).rejects.toThrow()
    await house.reopen()
    expect(house.alice.mailbox('z/b')?.id).toBe(b.id)
  })
  test('removing a mailbox takes its messages, files and pending renames with it', async () => {
    const work = house.alice.create('work').id
    await house.alice.append(work, [{ source: mail('a') }, { source: mail('b') }])
    const flagged = house.alice.setFlags(work, [1, 2], { how: 'add', flags: ['\\Seen'] })
    await house.alice.remove('work')
    await flagged.catch(() => undefined)
    await house.settled()
    const { uid } = await house.deliver('after')
    await house.alice.setFlags(house.inbox().id, [uid], { how: 'add', flags: ['\\Seen'] })
    await house.settled()
    expect(house.alice.path(house.inbox().id, uid)).toMatch(/:2,S$/)
    expect(house.alice.rows(work)).toEqual([])
    expect(house.alice.quota().messages).toBe(1)
    expect(existsSync(house.maildir('.work'))).toBe(false)
  })
  test('messages on their way into a mailbox that is deleted are there, or gone with it: none is lost by a NO', async () => {
    await house.deliver('moved')
    const to = house.alice.create('to').id
    const moving = house.alice.move(house.inbox().id, [1], to).then(
      () => 'moved',
      () => 'refused',
    )
    while (house.filesIn('.to', 'new').length + house.filesIn('.to', 'cur').length === 0) await breathe()
    await house.alice.remove('to')
    const answer = await moving
    await house.settled()
    expect({ answer, kept: house.inbox().messages }).toEqual({ answer: 'moved', kept: 0 })
  })
  test('one that is removed while its folder is read is gone, not broken; one that is renamed is read', async () => {
    const gone = house.alice.create('gone').id
    const reading = house.alice.refresh(gone)
    const [read, removed] = await Promise.allSettled([reading, house.alice.remove('gone')])
    expect(read).toMatchObject({ reason: { code: 'nonexistent' } })
    expect(removed.status).toBe('fulfilled')
    const moved = house.alice.create('from').id
    await Promise.all([house.alice.refresh(moved), house.alice.rename('from', 'to')])
    expect(house.alice.mailbox('to')?.id).toBe(moved)
  })
  test('renaming INBOX moves its messages (RFC 9051 section 6.3.6)', async () => {
    await house.deliver('one')
    await house.alice.rename('INBOX', 'old')
    await house.settled()
    expect(house.inbox().messages).toBe(0)
    expect(house.alice.mailbox('old')!.messages).toBe(1)
  })
})
