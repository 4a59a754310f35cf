// What SORT and THREAD are answered from: made at arrival, or in slices for a store older than it; gone with the message.
import Database from 'better-sqlite3'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mail, storeHouse } from '../../test/support/store-house'

const house = storeHouse()
const everything = { after: 0, limit: 1_000 }

const keys = async () => {
  const { sorting } = house.alice
  await sorting.sortable()
  const texts = (
    ['subject', 'sender', 'recipient', 'copied', 'shown_sender', 'shown_recipient'] as const
  ).map((which) => sorting.texts(which, everything))
  return { texts, kin: sorting.kin(everything), dates: sorting.dates(everything) }
}

const letter = `From: =?utf-8?q?J=C3=B6rg?= <jo@x.test>
To: "Zoë" <zoe@y.test>, a@b
Cc: Undisclosed: c@d;
Subject: Re: [list] Fwd: Hello (fwd)
Date: Mon, 2 Mar 2020 23:30:00 -0500
Message-ID: <2@x>
In-Reply-To: <1@x>
`

const deliver = (text: string) =>
  house.alice.deliver('INBOX', { source: Buffer.from(`${text}\nbody\n`.replaceAll('\n', '\r\n')) })

test('a base subject, local parts, shown names (RFC 5256 section 2.1, RFC 5957)', async () => {
  await deliver(letter)
  const { texts, kin, dates } = await keys()
  expect(texts).toEqual([['HELLO'], ['JO'], ['ZOE'], ['UNDISCLOSED'], ['JO\u0308RG'], ['ZOE\u0308']])
  expect(dates).toEqual([Date.UTC(2020, 2, 3, 4, 30) / 1000])
  expect(kin).toMatchObject([{ kind: 'answer', messageId: '<2@x>', ancestors: ['<1@x>'] }])
})

/** As a store of the version before would be, its rows older than the table. */
const forget = async (which: string) => {
  await house.store.close()
  const db = new Database(join(house.folder, 'alice@posthorn.test', 'store.db'))
  db.exec(`update content set ancestry = (select ancestry from sorting where content = id);
           delete from sorting where ${which};
           update meta set value = (select max(id) from content) where key = 'unsorted'`)
  db.close()
  house.open()
}

test('rows of an older store are made in slices, and a death half way costs none', async () => {
  await deliver(letter)
  const many = Array.from({ length: 250 }, (_, n) => ({ source: mail(`${n}`, `References: <${n}@r>\r\n`) }))
  await house.alice.append(house.inbox().id, many)
  const before = await keys()
  await forget('1')
  expect(await keys()).toEqual(before)
  await forget('content > 130')
  await deliver('Subject: new')
  await house.reopen()
  expect(await keys()).toMatchObject({ dates: [...before.dates, null] })
  expect((await keys()).texts[0]).toEqual([...before.texts[0]!, 'NEW'])
})

test('what is expunged is forgotten, but not while a copy is there', async () => {
  const { mailbox } = await deliver(letter)
  await house.alice.copy(mailbox, [1], house.alice.mailbox('Archive')!.id)
  await house.alice.setFlags(mailbox, [1], { how: 'add', flags: ['\\Deleted'] })
  await house.alice.expunge(mailbox, null)
  expect((await keys()).dates).toHaveLength(1)
  await house.alice.remove('Archive')
  await house.settled()
  expect((await keys()).texts[0]).toEqual([])
})

test('what was put aside is read as long as it is whole and of this database', async () => {
  const { aside } = house.alice
  expect(await aside.read('subject')).toBeNull()
  await Promise.all([aside.write('subject', Buffer.from('one')), aside.write('kin', Buffer.from('two'))])
  await house.reopen()
  expect(String(await house.alice.aside.read('subject'))).toBe('one')
  const folder = join(house.folder, 'alice@posthorn.test', 'order')
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    writeFileSync(path, readFileSync(path).fill(0, 4))
  }
  expect(await house.alice.aside.read('subject')).toBeNull()
  await house.reindex()
  await house.alice.aside.write('subject', Buffer.from('three'))
  expect(readdirSync(folder)).toHaveLength(1)
})
