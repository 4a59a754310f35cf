import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SearchKey, StoreEvent, UserStore } from './contract'
import { createStore } from './index'

let folder: string
let store: ReturnType<typeof createStore>
let alice: UserStore

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'))
  store = createStore({ folder })
  alice = store.open('alice@posthorn.test')
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

const mail = (subject: string, more = '') =>
  Buffer.from(`From: bob@posthorn.test\r\nSubject: ${subject}\r\n${more}\r\nbody of ${subject}\r\n`)

const reopen = async () => {
  await store.close()
  store = createStore({ folder })
  alice = store.open('alice@posthorn.test')
}

const inbox = () => alice.mailbox('inbox')!
const maildir = (...path: string[]) => join(folder, 'alice@posthorn.test', 'Maildir', ...path)
const deliver = (subject: string, more = '') => alice.deliver('INBOX', { source: mail(subject, more) })
const flagsOf = (uid: number) => alice.row(inbox().id, uid)!.flags
/** The lane works in order: what was asked before this is done after it. */
const settled = () => alice.append(alice.mailbox('Drafts')!.id, [{ source: mail('draft') }])
const filesIn = (...path: string[]) => readdirSync(maildir(...path))

describe('a new user', () => {
  test('has INBOX and the special folders (RFC 6154)', () => {
    expect(alice.mailboxes().map(({ name, specialUse }) => [name, specialUse])).toEqual([
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
      expect(() => store.open(name)).toThrow()
  })
  test('a second process is refused', () => {
    expect(() => createStore({ folder })).toThrow(/another process/)
  })
})

describe('many users', () => {
  test('held users rest when others come, and go on as if they had not', async () => {
    await store.close()
    store = createStore({ folder, keepAwake: 2 })
    const names = Array.from({ length: 6 }, (_, index) => `u${index}@posthorn.test`)
    const users = names.map((name) => store.open(name))
    for (const user of users) await user.deliver('INBOX', { source: mail(user.user) })
    const rows = users.map((user) => user.rows(user.mailbox('INBOX')!.id)[0]!)
    names.forEach((_, index) => store.open(`later${index}@posthorn.test`))
    for (const [index, user] of users.entries()) {
      expect(rows[index]!.emailId).toMatch(/^M.{27}$/)
      expect((await user.deliver('INBOX', { source: mail('again') })).uid).toBe(2)
      expect(await user.search(user.mailbox('INBOX')!.id, { key: 'text', value: 'again' })).toEqual([2])
    }
    alice = store.open('alice@posthorn.test')
  })
})

describe('arrivals', () => {
  test('a delivery has a UID, a row, counts, an event and its bytes', async () => {
    const events: StoreEvent[] = []
    alice.watch((event) => events.push(event))
    const { mailbox, uid, uidValidity } = await deliver('one')
    expect({ mailbox, uid, uidValidity }).toEqual({
      mailbox: inbox().id,
      uid: 1,
      uidValidity: inbox().uidValidity,
    })
    expect(inbox()).toMatchObject({ messages: 1, unseen: 1, uidNext: 2, size: mail('one').length })
    expect(events).toMatchObject([{ type: 'exists', mailbox, rows: [{ uid: 1, flags: [] }] }])
    expect(await alice.read(mailbox, 1)).toEqual(mail('one'))
    expect(String(await alice.readRange(mailbox, 1, 6, 22))).toBe('bob@posthorn.tes')
    expect(Buffer.concat(await alice.stream(mailbox, 1).toArray())).toEqual(mail('one'))
    expect(alice.envelope(mailbox, 1)).toContain('"one"')
    expect(alice.bodyStructure(mailbox, 1, 'body')).toBe(
      '("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 13 1)',
    )
    expect(alice.preview(mailbox, 1)).toBe('body of one')
    expect(alice.path(mailbox, 1)).toContain('/Maildir/new/')
  })
  test('UIDs of concurrent deliveries grow without a gap', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, (_, index) => deliver(String(index))))
    expect(all.map(({ uid }) => uid).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 50 }, (_, i) => i + 1),
    )
  })
  test('a file on the same file system is linked, not copied', async () => {
    const file = join(folder, 'spooled')
    writeFileSync(file, mail('spooled'))
    const { mailbox, uid } = await alice.deliver('INBOX', { source: { file } })
    writeFileSync(file, 'x', { flag: 'a' })
    expect(String(await alice.read(mailbox, uid))).toBe(`${mail('spooled')}x`)
  })
  test('a delivery repeated under its id is one message, also after it was expunged', async () => {
    const message = { source: mail('once'), deliveryId: 'q1 alice INBOX' }
    const first = await alice.deliver('INBOX', message)
    expect(await alice.deliver('INBOX', message)).toEqual(first)
    await alice.setFlags(first.mailbox, [first.uid], { how: 'add', flags: ['\\Deleted'] })
    await alice.expunge(first.mailbox, null)
    await reopen()
    expect(await alice.deliver('INBOX', message)).toEqual(first)
    expect(inbox().messages).toBe(0)
  })
  test('APPEND keeps flags, keywords and INTERNALDATE, in the file too', async () => {
    const at = new Date('2020-02-02T02:02:02Z')
    const { uids } = await alice.append(inbox().id, [
      { source: mail('x'), flags: ['\\seen', '$Work', '\\Recent'], internalDate: at },
      { source: mail('y') },
    ])
    expect(uids).toEqual([1, 2])
    expect(alice.row(inbox().id, 1)).toMatchObject({ flags: ['$Work', '\\Seen'], internalDate: at })
    expect(filesIn('cur').some((name) => name.endsWith(':2,Sa'))).toBe(true)
  })
  test('a large message is read by the worker, with the same facts', async () => {
    const large =
      mail('large', `X-Long: ${'x'.repeat(100)}\r\n`).toString() + `${'line of text\r\n'.repeat(100_000)}`
    const { mailbox, uid } = await alice.deliver('INBOX', { source: Buffer.from(large) })
    expect(alice.envelope(mailbox, uid)).toContain('"large"')
    expect(alice.bodyStructure(mailbox, uid, 'body')).toContain(' 100001)')
    expect(await alice.search(mailbox, { key: 'body', value: 'line of text' })).toEqual([uid])
  })
  test('quota refuses what does not fit', async () => {
    await store.close()
    store = createStore({ folder, quotaOf: () => ({ bytes: 200, messages: 2 }) })
    alice = store.open('alice@posthorn.test')
    await deliver('1')
    await expect(alice.append(inbox().id, [{ source: Buffer.alloc(300) }])).rejects.toMatchObject({
      code: 'over-quota',
    })
    await deliver('2')
    await expect(deliver('3')).rejects.toMatchObject({ code: 'over-quota' })
    expect(alice.quota()).toMatchObject({ messages: 2, byteLimit: 200, messageLimit: 2 })
  })
})

describe('flags', () => {
  test('add, remove, replace; file names follow; counts follow', async () => {
    const { mailbox, uid } = await deliver('one')
    await alice.setFlags(mailbox, [uid], { how: 'add', flags: ['\\Seen', 'work'] })
    const before = inbox().highestModSeq
    const changed = await alice.setFlags(mailbox, [uid], { how: 'add', flags: ['\\Flagged', 'WORK'] })
    expect(changed.rows[0]!.modSeq).toBeGreaterThan(before)
    expect(flagsOf(uid)).toEqual(['\\Flagged', '\\Seen', 'work'])
    expect(inbox()).toMatchObject({ unseen: 0, highestModSeq: changed.rows[0]!.modSeq })
    await settled()
    await reopen()
    expect(filesIn('cur')[0]).toMatch(/:2,FSa$/)
    await alice.setFlags(mailbox, [uid], { how: 'remove', flags: ['\\Seen', 'work'] })
    await alice.setFlags(mailbox, [uid], { how: 'replace', flags: ['\\Draft'] })
    expect(flagsOf(uid)).toEqual(['\\Draft'])
    expect(String(await alice.read(mailbox, uid))).toContain('one')
  })
  test('UNCHANGEDSINCE refuses what changed (RFC 7162 section 3.1.3)', async () => {
    const { mailbox } = await deliver('one')
    await deliver('two')
    const since = inbox().highestModSeq
    await alice.setFlags(mailbox, [1], { how: 'add', flags: ['\\Seen'] })
    expect(alice.firstUnseen(mailbox)).toBe(2)
    const result = await alice.setFlags(mailbox, [1, 2], {
      how: 'add',
      flags: ['\\Flagged'],
      unchangedSince: since,
    })
    expect(result.modified).toEqual([1])
    expect(result.rows.map(({ uid }) => uid)).toEqual([2])
    expect([...alice.changedSince(mailbox, since)].map(({ uid }) => uid)).toEqual([1, 2])
  })
})

describe('copy, move, expunge', () => {
  test('COPY keeps flags, dates and EMAILID, with letters of the target', async () => {
    const { mailbox } = await deliver('one')
    await alice.setFlags(mailbox, [1], { how: 'add', flags: ['first', 'second', '\\Seen'] })
    const archive = alice.mailbox('Archive')!
    await alice.append(archive.id, [{ source: mail('other'), flags: ['second'] }])
    const { uids } = await alice.copy(mailbox, [1], archive.id)
    expect(uids).toEqual([2])
    const [from, to] = [alice.row(mailbox, 1)!, alice.row(archive.id, 2)!]
    expect(to).toMatchObject({ flags: from.flags, internalDate: from.internalDate, emailId: from.emailId })
    expect(filesIn('.Archive', 'cur').some((name) => name.endsWith(':2,Sab'))).toBe(true)
    expect(await alice.read(archive.id, 2)).toEqual(mail('one'))
  })
  test('MOVE tells both mailboxes, and the message is in one', async () => {
    const { mailbox } = await deliver('one')
    await deliver('two')
    const events: StoreEvent[] = []
    alice.watch((event) => events.push(event))
    const trash = alice.mailbox('Trash')!
    expect((await alice.move(mailbox, [1], trash.id)).uids).toEqual([1])
    expect(events.map(({ type }) => type)).toEqual(['exists', 'expunged'])
    expect(alice.uids(mailbox)).toEqual([2])
    expect(alice.expungedSince(mailbox, 0)).toEqual([1])
    expect(await alice.read(trash.id, 1)).toEqual(mail('one'))
    expect([inbox().messages, alice.mailbox('Trash')!.messages]).toEqual([1, 1])
  })
  test('EXPUNGE takes only what is \\Deleted, and UIDs are never used again', async () => {
    const { mailbox } = await deliver('one')
    await deliver('two')
    await deliver('three')
    await alice.setFlags(mailbox, [1, 3], { how: 'add', flags: ['\\Deleted'] })
    expect(await alice.expunge(mailbox, [2, 3])).toEqual([3])
    expect(await alice.expunge(mailbox, null)).toEqual([1])
    await reopen()
    expect(inbox()).toMatchObject({ messages: 1, deleted: 0, uidNext: 4 })
    await alice.refresh(inbox().id)
    expect(alice.uids(mailbox)).toEqual([2])
    expect((await deliver('four')).uid).toBe(4)
  })
  test('a message expunged while its file is being renamed does not come back', async () => {
    const { mailbox } = await deliver('one')
    await alice.setFlags(mailbox, [1], { how: 'add', flags: ['\\Seen'] })
    await alice.setFlags(mailbox, [1], { how: 'add', flags: ['\\Deleted'] })
    await alice.expunge(mailbox, null)
    await reopen()
    await alice.refresh(mailbox)
    expect(alice.uids(mailbox)).toEqual([])
    expect([...filesIn('cur'), ...filesIn('new')]).toEqual([])
  })
})

describe('other programs in the folder', () => {
  test('new, flagged, removed and LF-only files are noticed', async () => {
    const { mailbox } = await deliver('one')
    await deliver('two')
    await alice.refresh(mailbox)
    const [one, two] = [alice.path(mailbox, 1), alice.path(mailbox, 2)]
    renameSync(one, maildir('cur', `${one.split('/').at(-1)}:2,FS`))
    unlinkSync(two)
    writeFileSync(maildir('new', '1.foreign.host'), 'Subject: foreign\n\nline\n')
    utimesSync(maildir('new', '1.foreign.host'), 1_000_000_000, 1_000_000_000)
    const events: string[] = []
    alice.watch(({ type }) => events.push(type))
    await alice.refresh(mailbox)
    expect(events).toEqual(['expunged', 'flags', 'exists'])
    expect(alice.uids(mailbox)).toEqual([1, 3])
    expect(flagsOf(1)).toEqual(['\\Flagged', '\\Seen'])
    expect(alice.row(mailbox, 3)).toMatchObject({ size: 26, internalDate: new Date(1e12) })
    expect(String(await alice.read(mailbox, 3))).toBe('Subject: foreign\r\n\r\nline\r\n')
    expect(String(await alice.readRange(mailbox, 3, 20, 24))).toBe('line')
    await reopen()
    await alice.refresh(mailbox)
    expect(alice.uids(mailbox)).toEqual([1, 3])
  })
  test('a folder made, renamed or removed by hand', async () => {
    alice.create('Work/Old')
    const before = alice.mailbox('Work/Old')!
    await store.close()
    renameSync(maildir('.Work.Old'), maildir('.Work.New'))
    rmSync(maildir('.Junk'), { recursive: true })
    store = createStore({ folder })
    alice = store.open('alice@posthorn.test')
    expect(alice.mailbox('Work/New')).toMatchObject({ id: before.id, uidValidity: before.uidValidity })
    expect(alice.mailbox('Work/Old')).toBeNull()
    expect(alice.mailbox('Junk')).toBeNull()
  })
})

describe('maintenance', () => {
  test('reindex gives the same UIDs, flags and UIDVALIDITY, and a greater MODSEQ', async () => {
    await deliver('one')
    await deliver('two')
    await deliver('three', 'Message-ID: <3@x>\r\n')
    const { id } = inbox()
    await alice.setFlags(id, [1, 2], { how: 'add', flags: ['\\Deleted'] })
    await alice.setFlags(id, [3], { how: 'add', flags: ['work', '\\Seen'] })
    await alice.expunge(id, [2])
    await settled()
    alice.create('Кот/b', undefined)
    alice.subscribe('Кот', false)
    const facts = () =>
      alice.mailboxes().map(({ id: _, highestModSeq: __, ...rest }) => ({
        ...rest,
        rows: alice.rows(alice.mailbox(rest.name)!.id).map(({ uid, flags, size, emailId, internalDate }) => ({
          ...{ uid, flags, size, emailId, internalDate },
        })),
      }))
    const before = facts()
    const modSeq = inbox().highestModSeq
    await expect(store.reindex('nobody@posthorn.test')).rejects.toMatchObject({ code: 'nonexistent' })
    await expect(store.reindex('alice@posthorn.test')).rejects.toMatchObject({ code: 'in-use' })
    store.release(alice)
    expect(await store.reindex('alice@posthorn.test')).toEqual({ mailboxes: 8, messages: 3 })
    alice = store.open('alice@posthorn.test')
    expect(facts()).toEqual(before)
    expect(inbox().highestModSeq).toBeGreaterThan(modSeq)
    expect(alice.expungedSince(inbox().id, modSeq)).toEqual([2])
    expect((await deliver('four')).uid).toBe(4)
  })
  test('without its database and list, a mailbox has a new UIDVALIDITY', async () => {
    await deliver('one')
    const { uidValidity } = inbox()
    await store.close()
    for (const file of ['store.db', 'Maildir/posthorn-uidlist'])
      unlinkSync(join(folder, 'alice@posthorn.test', file))
    store = createStore({ folder })
    await store.reindex('alice@posthorn.test')
    alice = store.open('alice@posthorn.test')
    expect(inbox().messages).toBe(1)
    expect(inbox().uidValidity).toBeGreaterThan(uidValidity)
  })
  test('export for Dovecot names every UID and keyword', async () => {
    await deliver('one')
    await alice.setFlags(inbox().id, [1], { how: 'add', flags: ['$Forwarded'] })
    const { uidValidity } = inbox()
    expect(await store.exportDovecot('alice@posthorn.test')).toEqual({ mailboxes: 6, messages: 1 })
    expect(readFileSync(maildir('dovecot-uidlist'), 'utf8')).toMatch(
      new RegExp(`^3 V${uidValidity} N2 G[0-9a-f]{32}\\n1 :\\d+\\.M[^:]+\\n$`),
    )
    expect(readFileSync(maildir('dovecot-keywords'), 'utf8')).toBe('0 $Forwarded\n')
    expect(readFileSync(maildir('subscriptions'), 'utf8')).toContain('V\t2\n\nArchive\n')
  })
  test('what another program drops is told to a listener without being asked', async () => {
    const told = new Promise<StoreEvent>((done) => alice.watch(done))
    await alice.refresh(inbox().id)
    writeFileSync(maildir('new', '1.foreign.host'), 'Subject: foreign\n\nline\n')
    expect(await told).toMatchObject({ type: 'exists', rows: [{ uid: 1 }] })
  })
})

describe('mailboxes', () => {
  test('names of any script, dots and ampersands go to disk and back', async () => {
    for (const name of ['Входящие', 'a.b/c & d', '受信/日本語', 'ünï', 'x~y', '100%']) {
      alice.create(name)
      await reopen()
      expect(alice.mailbox(name)?.name).toBe(name)
    }
    expect(existsSync(maildir('.a&AC4-b.c &- d'))).toBe(true)
  })
  test('nothing in a name leaves the folder', () => {
    for (const name of ['../x', 'a//b', '/', '', 'a\0', 'a\r\nb', 'x'.repeat(300), 'a/'.repeat(30) + 'a']) {
      if (name === '../x') alice.create(name)
      else expect(() => alice.create(name), JSON.stringify(name)).toThrow()
    }
    expect(readdirSync(folder).filter((name) => !name.startsWith('.'))).toEqual(['alice@posthorn.test'])
  })
  test('UIDVALIDITY grows when a name is used again', () => {
    const first = alice.create('x').uidValidity
    alice.remove('x')
    expect(alice.create('x').uidValidity).toBeGreaterThan(first)
    expect(() => alice.create('x')).toThrow('exists')
  })
  test('delete with children leaves a name; rename takes children along', async () => {
    alice.create('a/b/c')
    const b = alice.mailbox('a/b')!
    await alice.append(b.id, [{ source: mail('kept') }])
    alice.remove('a')
    expect(alice.mailbox('a')).toMatchObject({ selectable: false })
    await alice.rename('a', 'z')
    expect(alice.mailboxes().map(({ name }) => name)).toEqual(expect.arrayContaining(['z', 'z/b', 'z/b/c']))
    expect(await alice.read(b.id, 1)).toEqual(mail('kept'))
    await expect(alice.rename('z', 'z/q')).rejects.toThrow()
    expect(() => alice.remove('INBOX')).toThrow()
    await reopen()
    expect(alice.mailbox('z/b')?.id).toBe(b.id)
  })
  test('removing a mailbox takes its messages, files and pending renames with it', async () => {
    const work = alice.create('work').id
    await alice.append(work, [{ source: mail('a') }, { source: mail('b') }])
    const flagged = alice.setFlags(work, [1, 2], { how: 'add', flags: ['\\Seen'] })
    alice.remove('work')
    await flagged.catch(() => undefined)
    await settled()
    const { uid } = await deliver('after')
    await alice.setFlags(inbox().id, [uid], { how: 'add', flags: ['\\Seen'] })
    await settled()
    expect(alice.path(inbox().id, uid)).toMatch(/:2,S$/)
    expect(alice.rows(work)).toEqual([])
    expect(alice.quota().messages).toBe(3)
    expect(existsSync(maildir('.work'))).toBe(false)
  })
  test('renaming INBOX moves its messages (RFC 9051 section 6.3.6)', async () => {
    await deliver('one')
    await alice.rename('INBOX', 'old')
    await settled()
    expect(inbox().messages).toBe(0)
    expect(alice.mailbox('old')!.messages).toBe(1)
  })
})

describe('threads (RFC 8474)', () => {
  test('a conversation is one thread across folders, also when the answer comes first', async () => {
    const late = await deliver('re', 'Message-ID: <2@x>\r\nReferences: <1@x>\r\n')
    await deliver('start', 'Message-ID: <1@x>\r\n')
    await alice.append(alice.mailbox('Sent')!.id, [
      { source: mail('re re', 'Message-ID: <3@x>\r\nIn-Reply-To: <2@x>\r\n') },
    ])
    await deliver('other', 'Message-ID: <9@x>\r\n')
    const thread = (mailbox: number, uid: number) => alice.row(mailbox, uid)!.threadId
    expect(thread(late.mailbox, 2)).toBe(thread(late.mailbox, 1))
    expect(thread(alice.mailbox('Sent')!.id, 1)).toBe(thread(late.mailbox, 1))
    expect(thread(late.mailbox, 3)).not.toBe(thread(late.mailbox, 1))
  })
  test('what THREAD=REFERENCES links by is kept (RFC 5256 section 3)', async () => {
    await deliver('a', 'Message-ID: <3@x>\r\nReferences: <1@x>\r\n\t<2@x>\r\nIn-Reply-To: <9@x>\r\n')
    await deliver('b', 'Message-ID: <4@x>\r\nIn-Reply-To: <3@x> <5@x>\r\n')
    await deliver('c')
    const facts = () =>
      alice
        .orderFacts(inbox().id, { from: 1, to: 3 })
        .map(({ messageId, ancestors }) => [messageId, ancestors])
    const kept = [
      ['<3@x>', ['<1@x>', '<2@x>']],
      ['<4@x>', ['<3@x>']],
      [null, []],
    ]
    expect(facts()).toEqual(kept)
    store.release(alice)
    await store.reindex('alice@posthorn.test')
    alice = store.open('alice@posthorn.test')
    expect(facts()).toEqual(kept)
  })
})

describe('search (RFC 9051 section 6.4.4)', () => {
  const find = (query: Parameters<UserStore['search']>[1]) => alice.search(inbox().id, query)
  test('decoded, without case, exact', async () => {
    await deliver('=?utf-8?q?Gr=C3=BC=C3=9Fe?=', 'Content-Type: text/plain; charset=utf-8\r\n')
    await deliver('two', 'Date: Mon, 2 Mar 2020 23:30:00 -0500\r\n')
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
      alice.append(inbox().id, [
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
    const { mailbox } = await deliver('needle')
    await deliver('other')
    expect(await find({ key: 'text', value: 'needle' })).toEqual([1])
    const archive = alice.mailbox('Archive')!.id
    await alice.copy(mailbox, [1], archive)
    await alice.move(mailbox, [1], alice.mailbox('Trash')!.id)
    expect(await find({ key: 'text', value: 'needle' })).toEqual([])
    expect(await alice.search(archive, { key: 'text', value: 'needle' })).toEqual([1])
    await reopen()
    expect(await alice.search(archive, { key: 'text', value: 'needle' })).toEqual([1])
  })
})
