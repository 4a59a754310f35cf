// SEARCH, exact whatever the index holds.
import { describe, expect, test } from 'vitest'
import { storeHouse } from '../../test/support/store-house'
import type { SearchKey, UserStore } from './contract'

const house = storeHouse()

describe('search (RFC 9051 section 6.4.4)', () => {
  const find = (query: Parameters<UserStore['search']>[1]) => house.alice.search(house.inbox().id, query)
  test('decoded, without case, exact', async () => {
    await house.deliver('=?utf-8?q?Gr=C3=BC=C3=9Fe?=', 'Content-Type: text/plain; charset=utf-8\r\n')
    await house.deliver('two', 'Date: Mon, 2 Mar 2020 23:30:00 -0500\r\n')
    expect(await find({ key: 'header', name: 'Subject', value: 'GRÜ' })).toEqual([1])
    expect(await find({ key: 'header', name: 'Subject', value: 'bob@' })).toEqual([])
    expect(await find({ key: 'body', value: 'Body OF two' })).toEqual([2])
    expect(await find({ key: 'text', value: 'bob@' })).toEqual([1, 2])
    expect(await find({ key: 'header', name: 'Date', value: '' })).toEqual([2])
    expect(await find({ key: 'not', of: { key: 'body', value: 'two' } })).toEqual([1])
    const either: SearchKey[] = [
      { key: 'uids', ranges: [[1, 1]] },
      { key: 'text', value: 'two' },
    ]
    expect(await find({ key: 'or', of: either })).toEqual([1, 2])
    expect(await find({ key: 'and', of: either })).toEqual([])
    // SENTON looks at the day as written, not at the moment.
    const march2 = Date.UTC(2020, 2, 2) / 86_400_000
    expect(await find({ key: 'sent', how: 'on', day: march2 })).toEqual([2])
  })
  test('one and two characters, of any script, and what the index quotes', async () => {
    const body = (text: string) =>
      house.alice.append(house.inbox().id, [
        { source: Buffer.from(`Content-Type: text/plain; charset=utf-8\r\n\r\n${text}`) },
      ])
    await body('会議は明日です')
    await body('a "quoted" thing, 100% a_b*')
    await body('Ünïcode 👍 x')
    const bodies = (value: string) => find({ key: 'body', value })
    expect(await bodies('明')).toEqual([1])
    expect(await bodies('明日')).toEqual([1])
    expect(await bodies('日明')).toEqual([])
    expect(await bodies('会議は')).toEqual([1])
    expect(await bodies('"')).toEqual([2])
    expect(await bodies('"quo')).toEqual([2])
    expect(await bodies('0%')).toEqual([2])
    expect(await bodies('*')).toEqual([2])
    expect(await bodies('ü')).toEqual([3])
    expect(await bodies('Ün')).toEqual([3])
    expect(await bodies('👍')).toEqual([3])
    expect(await bodies(' 👍')).toEqual([3])
    expect(await bodies('')).toEqual([1, 2, 3])
  })
  test('moved, copied and expunged messages are found where they are', async () => {
    const { mailbox } = await house.deliver('needle')
    await house.deliver('other')
    expect(await find({ key: 'text', value: 'needle' })).toEqual([1])
    const archive = house.alice.mailbox('Archive')!.id
    await house.alice.copy(mailbox, [1], archive)
    await house.alice.move(mailbox, [1], house.alice.mailbox('Trash')!.id)
    expect(await find({ key: 'text', value: 'needle' })).toEqual([])
    expect(await house.alice.search(archive, { key: 'text', value: 'needle' })).toEqual([1])
    await house.reopen()
    expect(await house.alice.search(archive, { key: 'text', value: 'needle' })).toEqual([1])
  })
  const seeks = (value: string): SearchKey => ({
    key: 'or',
    of: [
      { key: 'header', name: 'From', value },
      {
        key: 'or',
        of: [
          { key: 'header', name: 'Subject', value },
          { key: 'body', value },
        ],
      },
    ],
  })
  test('one word in several places, each for itself, and with what no index knows', async () => {
    await house.deliver('lantern', 'To: moth@x.test\r\n')
    await house.deliver('two', 'From: lantern@x.test\r\n')
    await house.deliver('three', 'X-Note: lantern\r\n')
    await house.deliver('lanterns four')
    expect(await find(seeks('lantern'))).toEqual([1, 2, 4])
    expect(await find({ key: 'not', of: seeks('lantern') })).toEqual([3])
    const two: SearchKey = { key: 'uids', ranges: [[2, 4]] }
    expect(await find({ key: 'and', of: [two, seeks('lantern')] })).toEqual([2, 4])
    expect(await find({ key: 'or', of: [{ key: 'uids', ranges: [[3, 3]] }, seeks('lantern')] })).toEqual([
      1, 2, 3, 4,
    ])
    expect(await find({ key: 'header', name: 'From', value: 'lantern' })).toEqual([2])
  })
  test('mail that comes between two searches for the same words is found by the second', async () => {
    await house.deliver('kite')
    expect(await find(seeks('kite'))).toEqual([1])
    expect(await find({ key: 'and', of: [{ key: 'uids', ranges: [[1, 1]] }, seeks('kite')] })).toEqual([1])
    await house.deliver('kite again')
    expect(await find(seeks('kite'))).toEqual([1, 2])
  })
})
