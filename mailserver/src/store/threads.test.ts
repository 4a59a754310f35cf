// Conversations, and what they are linked by.
import { describe, expect, test } from 'vitest'
import { mail, storeHouse } from '../../test/support/store-house'

const house = storeHouse()

describe('threads (RFC 8474)', () => {
  test('a conversation is one thread across folders, also when the answer comes first', async () => {
    const late = await house.deliver('re', 'Message-ID: <2@x>\r\nReferences: <1@x>\r\n')
    await house.deliver('start', 'Message-ID: <1@x>\r\n')
    await house.alice.append(house.alice.mailbox('Sent')!.id, [
      { source: mail('re re', 'Message-ID: <3@x>\r\nIn-Reply-To: <2@x>\r\n') },
    ])
    await house.deliver('other', 'Message-ID: <9@x>\r\n')
    const thread = (mailbox: number, uid: number) => house.alice.row(mailbox, uid)!.threadId
    expect(thread(late.mailbox, 2)).toBe(thread(late.mailbox, 1))
    expect(thread(house.alice.mailbox('Sent')!.id, 1)).toBe(thread(late.mailbox, 1))
    expect(thread(late.mailbox, 3)).not.toBe(thread(late.mailbox, 1))
  })
  test('what THREAD=REFERENCES links by is kept (RFC 5256 section 3)', async () => {
    await house.deliver('a', 'Message-ID: <3@x>\r\nReferences: <1@x>\r\n\t<2@x>\r\nIn-Reply-To: <9@x>\r\n')
    await house.deliver('b', 'Message-ID: <4@x>\r\nIn-Reply-To: <3@x> <5@x>\r\n')
    await house.deliver('c')
    const facts = () =>
      house.alice.sorting
        .kin({ after: 0, limit: 3 })
        .map(({ messageId, ancestors }) => [messageId, ancestors])
    const kept = [
      ['<3@x>', ['<1@x>', '<2@x>']],
      ['<4@x>', ['<3@x>']],
      [null, []],
    ]
    expect(facts()).toEqual(kept)
    await house.reindex()
    expect(facts()).toEqual(kept)
  })
})
