// The mail room against real servers: what it tells is what a second connection sees.
import { expect, it } from 'vitest'
import { AppError } from '@/lib/model/errors'
import { folderIdOfPath } from '@/lib/model/folder-id'
import { onServers } from '../testing/on-servers'
import { addMessage } from './append'
import { downloadPart, downloadSource } from './download'
import { setFlag } from './flags'
import { listWindow } from './list'
import { findFolder, findOrMakeFolder, listFolders } from './mailboxes'
import { readMessage } from './message'
import { deleteForGood, moveTo } from './move'
import type { Told } from './told'
import { watch } from './watch'

const letter = (subject: string, rest = '\r\nbody\r\n') =>
  `From: "Ada Lovelace" <ada@example.org>\r\nTo: alice@posthorn.test\r\nSubject: ${subject}\r\nMessage-ID: <${encodeURIComponent(subject)}@example.org>\r\n${rest}`

const mixed = [
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=out',
  '',
  '--out',
  'Content-Type: multipart/alternative; boundary=in',
  '',
  '--in',
  'Content-Type: text/plain; charset=iso-8859-1',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  'Gr=FC=DFe',
  '--in',
  'Content-Type: text/html; charset=utf-8',
  'Content-Transfer-Encoding: base64',
  '',
  Buffer.from('<p>Grüße</p>').toString('base64'),
  '--in--',
  '--out',
  "Content-Type: application/pdf; name*=utf-8''r%C3%A9sum%C3%A9.pdf",
  'Content-Transfer-Encoding: base64',
  'Content-Disposition: attachment',
  '',
  Buffer.from('%PDF-1.4 '.repeat(60_000)).toString('base64').replace(/.{76}/g, '$&\r\n'),
  '--out--',
  '',
].join('\r\n')

const waitFor = async (holds: () => boolean, what: string): Promise<void> => {
  const until = Date.now() + 10_000
  while (!holds()) {
    if (Date.now() > until) throw new Error(`never: ${what}`)
    await new Promise((again) => setTimeout(again, 10))
  }
}

onServers({ what: 'the mail room' }, (at) => {
  const inbox = (offset = 0, limit = 50) => listWindow(at.who, { path: 'INBOX', offset, limit })
  const append = (content: string) => at.other.client.append('INBOX', content)
  const uidOf = (id: string) => id.split('-')[1] ?? ''

  it('lists folders by role, and makes one that is missing', async () => {
    const folders = await listFolders(at.who)
    expect(folders.find(({ role }) => role === 'inbox')).toMatchObject({ id: 'inbox', selectable: true })
    const archive = await findOrMakeFolder(at.who, 'archive')
    expect((await at.other.client.list()).map(({ path }) => path)).toContain(archive)
    await expect(
      findFolder(at.who, '~bm93aGVyZQ').then((path) => listWindow(at.who, { path, offset: 0, limit: 1 })),
    ).rejects.toBeInstanceOf(AppError)
  })

  it('shows the newest first, with what the envelope and the text say', async () => {
    await append(letter('=?utf-8?q?caf=C3=A9?=', `${mixed}`))
    await append(letter('second'))
    await append(letter('third'))
    const { total, rows } = await inbox()
    expect(total).toBe(3)
    expect(rows.map(({ subject }) => subject)).toEqual(['third', 'second', 'café'])
    expect(rows[2]).toMatchObject({
      from: [{ name: 'Ada Lovelace', address: 'ada@example.org' }],
      attachments: [{ name: 'résumé.pdf', type: 'application/pdf' }],
    })
    expect(rows[2]?.preview).toContain('Grüße')
    expect((await inbox(1, 1)).rows.map(({ subject }) => subject)).toEqual(['second'])
    expect((await inbox(10, 5)).rows).toEqual([])
  })

  it('sees what arrived and what vanished since the last page', async () => {
    await append(letter('fourth'))
    expect((await inbox()).rows[0]?.subject).toBe('fourth')
    await at.other.client.mailboxOpen('INBOX')
    await at.other.client.messageDelete('*')
    expect((await inbox()).rows.map(({ subject }) => subject)).toEqual(['third', 'second', 'café'])
  })

  it('shows in the next page what another program marked, or marked and took back, in rows it knows', async () => {
    const flagsOf = async () => (await inbox()).rows[0]?.flags.flagged
    await at.other.client.mailboxOpen('INBOX')
    for (const to of [true, false, true, false]) {
      await at.other.client[to ? 'messageFlagsAdd' : 'messageFlagsRemove']('*', ['\\Flagged'])
      expect(await flagsOf()).toBe(to)
      expect(await flagsOf()).toBe(to)
    }
  })

  it('lists what was filed over the very connection that has the folder open', async () => {
    const path = await findOrMakeFolder(at.who, 'drafts')
    const drafts = () => listWindow(at.who, { path, offset: 0, limit: 10 })
    expect((await drafts()).total).toBe(0)
    await addMessage(at.who, { path, bytes: Buffer.from(letter('half written')), flags: ['\\Draft'] })
    expect((await drafts()).rows.map(({ subject }) => subject)).toEqual(['half written'])
  })

  it('opens a message by its shown part, and marks nothing read by it', async () => {
    const id = (await inbox()).rows[2]?.id ?? ''
    const opened = await readMessage(at.who, { path: 'INBOX', id })
    expect(opened.shows).toBe('html')
    expect(opened.shown[0]?.text).toBe('<p>Grüße</p>')
    const plain = await readMessage(at.who, { path: 'INBOX', id, prefer: 'text' })
    expect(plain.shown[0]?.text.trim()).toBe('Grüße')
    const seen = await at.other.client.fetchOne(uidOf(id), { flags: true }, { uid: true })
    expect(seen && seen.flags?.has('\\Seen')).toBe(false)
  })

  it('streams an attachment and the source, byte for byte', async () => {
    const id = (await inbox()).rows[2]?.id ?? ''
    const { stream, name, type } = await downloadPart(at.who, { path: 'INBOX', id, part: '2' })
    expect({ name, type }).toEqual({ name: 'résumé.pdf', type: 'application/pdf' })
    expect(await new Response(stream).text()).toBe('%PDF-1.4 '.repeat(60_000))
    const source = await new Response(await downloadSource(at.who, { path: 'INBOX', id })).text()
    expect(source).toBe(letter('=?utf-8?q?caf=C3=A9?=', mixed))
    await expect(downloadPart(at.who, { path: 'INBOX', id, part: '9' })).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  it('reads a file whole while somebody changes the flags of its message', async () => {
    await append(letter('Restless', '\r\nAll of it.\r\n'))
    const { rows } = await inbox()
    const id = rows.find(({ subject }) => subject === 'Restless')?.id ?? ''
    await at.other.client.mailboxOpen('INBOX')
    let state: 'reading' | 'read' = 'reading'
    const restless = (async () => {
      for (let count = 0; state === 'reading'; count++)
        await at.other.client[count % 2 ? 'messageFlagsRemove' : 'messageFlagsAdd'](
          uidOf(id),
          ['\\Flagged'],
          {
            uid: true,
          },
        )
    })()
    const read = async () =>
      new Response(await downloadSource(at.who, { path: 'INBOX', id })).text().then((text) => text.length)
    const sizes = new Set<number>()
    for (let count = 0; count < 300; count++) sizes.add(await read())
    state = 'read'
    await restless
    await at.other.client.messageDelete(uidOf(id), { uid: true })
    expect([...sizes]).toEqual([letter('Restless', '\r\nAll of it.\r\n').length])
  })

  it('sets and clears flags that another client sees', async () => {
    const id = (await inbox()).rows[0]?.id ?? ''
    for (const flag of ['seen', 'flagged', 'forwarded'] as const) {
      const on = await setFlag(at.who, { path: 'INBOX', ids: [id], flag, to: 'on' })
      expect(on).toMatchObject([{ id, flags: { [flag]: true } }])
    }
    await at.other.client.noop()
    const message = await at.other.client.fetchOne(uidOf(id), { flags: true }, { uid: true })
    expect(message && [...(message.flags ?? [])].sort()).toEqual(
      expect.arrayContaining(['$Forwarded', '\\Flagged', '\\Seen']),
    )
    expect(await setFlag(at.who, { path: 'INBOX', ids: [id], flag: 'seen', to: 'off' })).toMatchObject([
      { id, flags: { seen: false, flagged: true } },
    ])
  })

  it('moves there and back, and says under which id', async () => {
    const [first, second] = (await inbox()).rows
    const ids = [first?.id ?? '', second?.id ?? '']
    const archive = await findOrMakeFolder(at.who, 'archive')
    const { moved, left } = await moveTo(at.who, { path: 'INBOX', ids, to: archive })
    expect(left).toBe(1)
    expect(new Set(moved.map(({ from }) => from))).toEqual(new Set(ids))
    const there = await listWindow(at.who, { path: archive, offset: 0, limit: 10 })
    expect(new Set(there.rows.map(({ id }) => id))).toEqual(new Set(moved.map(({ to }) => to)))
    await moveTo(at.who, { path: archive, ids: moved.map(({ to }) => to), to: 'INBOX' })
    expect((await inbox()).rows.map(({ subject }) => subject)).toEqual(['third', 'second', 'café'])
  })

  it('deletes for good what was asked for, and nothing else that is marked deleted', async () => {
    await append(letter('doomed'))
    const [doomed, bystander] = (await inbox()).rows
    await at.other.client.mailboxOpen('INBOX')
    await at.other.client.messageFlagsAdd(uidOf(bystander?.id ?? ''), ['\\Deleted'], { uid: true })
    await deleteForGood(at.who, { path: 'INBOX', ids: [doomed?.id ?? ''] })
    await at.other.client.noop()
    const uids = (await at.other.client.search({ all: true }, { uid: true })) || []
    expect(uids).not.toContain(Number(uidOf(doomed?.id ?? '')))
    expect(uids).toContain(Number(uidOf(bystander?.id ?? '')))
    await at.other.client.messageFlagsRemove(uidOf(bystander?.id ?? ''), ['\\Deleted'], { uid: true })
  })

  it('refuses an id of another UIDVALIDITY', async () => {
    const flag = setFlag(at.who, { path: 'INBOX', ids: ['1-1'], flag: 'seen', to: 'on' })
    await expect(flag).rejects.toMatchObject({ code: 'mailbox-changed' })
  })

  it.skipIf(at.kind === 'posthorn')(
    'tells of a folder that another client made (where NOTIFY is offered; elsewhere folders are looked at every 20 s)',
    async () => {
      const told: Told[] = []
      const watching = watch(at.who, (one) => told.push(one))
      try {
        await waitFor(() => told.some(({ type }) => type === 'link'), 'online')
        await at.other.client.mailboxCreate('Projects')
        const has = (one: Told) =>
          one.type === 'mailboxes' && one.mailboxes.some(({ path }) => path === 'Projects')
        await waitFor(() => told.some(has), 'mailboxes')
        // What was filed in it before the watcher looked stands in its counts; its list is told to look again all the same.
        await at.other.client.mailboxCreate('Sudden')
        await at.other.client.append('Sudden', letter('sudden'))
        const folder = folderIdOfPath('Sudden')
        await waitFor(() => told.some((one) => one.type === 'stale' && one.folder === folder), 'stale')
      } finally {
        watching.stop()
      }
    },
  )

  it('tells of mail, flags and deletions as they happen, and again after the server died', async () => {
    const told: Told[] = []
    const watching = watch(at.who, (one) => told.push(one))
    const has = (type: Told['type'], from = 0) => told.slice(from).some((one) => one.type === type)
    try {
      await waitFor(() => has('link'), 'online')
      await append(letter('live'))
      await waitFor(() => has('arrived'), 'arrived')
      expect(told.find((one) => one.type === 'arrived')).toMatchObject({
        rows: [{ subject: 'live' }],
        total: 4,
      })
      await at.other.client.mailboxOpen('INBOX')
      await at.other.client.messageFlagsAdd('*', ['\\Flagged'])
      await waitFor(() => told.some((one) => one.type === 'flags' && one.changes[0]?.flags.flagged), 'flags')
      await at.other.client.messageDelete('*')
      await waitFor(() => has('gone') || has('stale'), 'gone')
      const before = told.length
      at.other.client.close()
      await at.system.crash()
      await waitFor(
        () => told.slice(before).some((one) => one.type === 'link' && one.state === 'online'),
        'back',
      )
      expect(told.slice(before)).toContainEqual({ type: 'stale', folder: 'inbox' })
      expect((await inbox()).total).toBe(3)
    } finally {
      watching.stop()
    }
  })
})
