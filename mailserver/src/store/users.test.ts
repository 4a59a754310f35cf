// Who has a store, and what a new one holds.
import { describe, expect, test } from 'vitest'
import { mail, storeHouse } from '../../test/support/store-house'
import { createStore } from './index'

const house = storeHouse()

describe('a new user', () => {
  test('has INBOX and the special folders (RFC 6154)', () => {
    expect(house.alice.mailboxes().map(({ name, specialUse }) => [name, specialUse])).toEqual([
      ['Archive', '\\Archive'],
      ['Drafts', '\\Drafts'],
      ['INBOX', null],
      ['Junk', '\\Junk'],
      ['Sent', '\\Sent'],
      ['Trash', '\\Trash'],
    ])
  })
  test('cannot be a path', () => {
    for (const name of ['..', '.', 'a/b', '../x', '', 'a\0b', 'Alice@x'])
      expect(() => house.store.open(name)).toThrow()
  })
  test('a second process is refused', () => {
    expect(() => createStore({ folder: house.folder })).toThrow(/another process/)
  })
})

describe('many users', () => {
  test('held users rest when others come, and go on as if they had not', async () => {
    await house.reopen({ keepAwake: 2 })
    const names = Array.from({ length: 6 }, (_, index) => `u${index}@posthorn.test`)
    const users = names.map((name) => house.store.open(name))
    for (const user of users) await user.deliver('INBOX', { source: mail(user.user) })
    const rows = users.map((user) => user.rows(user.mailbox('INBOX')!.id)[0]!)
    names.forEach((_, index) => house.store.open(`later${index}@posthorn.test`))
    for (const [index, user] of users.entries()) {
      expect(rows[index]!.emailId).toMatch(/^M.{27}$/)
      expect((await user.deliver('INBOX', { source: mail('again') })).uid).toBe(2)
      expect(await user.search(user.mailbox('INBOX')!.id, { key: 'text', value: 'again' })).toEqual([2])
    }
    house.alice = house.store.open('alice@posthorn.test')
  })
})
