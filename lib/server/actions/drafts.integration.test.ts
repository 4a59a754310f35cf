// One draft, two windows: what each save and each send finds of the other, and that nothing of another is replaced.
import { expect, it } from 'vitest'
import type { Draft, Outgoing } from '@/lib/model/draft'
import { uidOf } from '@/lib/model/message-id'
import { listMailboxes } from './list-mailboxes'
import { onServers } from '../testing/on-servers'
import { findJob, type JobRow } from '../user/jobs'
import { openDraft } from './open-draft'
import { saveDraft } from './save-draft'
import { sendMessage } from './send-message'
import { submitMessage } from './submit-message'

const blank: Outgoing = {
  subject: 'Two hands',
  html: '',
  text: 'At four?',
  uploads: [],
  inReplyTo: '',
  references: [],
  original: null,
  draft: null,
  from: null,
  to: [{ name: '', address: 'bob@posthorn.test' }],
  cc: [],
  bcc: [],
}

let drafts = 0
/** A window that writes: it knows its own last version, and no other. */
const windowOf = (key: string, writer: string, draft: Draft['draft'] = null) => ({
  ...blank,
  subject: key,
  lineage: { key, writer },
  draft,
})

/** After so many changes. */
const after = (count: number, key: string, draft: Draft['draft'] = null) => ({
  ...windowOf(key, 'window-a', draft),
  lineage: { key, writer: 'window-a', count },
})

onServers({ what: 'drafts' }, (at) => {
  const save = (draft: Draft) => saveDraft({ who: at.who, draft })
  const lying = async (subject: string): Promise<number[]> =>
    (await at.other.list('Drafts')).filter((one) => one.subject === subject).map(({ uid }) => uid)
  const newKey = () => `draft-of-the-test-${drafts++}`
  /** As a kill between filing and removing leaves it, or a reply that was lost. */
  const file = async (key: string, writer: string) =>
    (await save({ ...windowOf(key, writer), draft: null })).message
  const place = (message: string) => ({ who: at.who, folder: 'drafts' as const, message })

  it('a version takes the place of the one before, and of those whose reply was lost', async () => {
    await listMailboxes({ who: at.who })
    const key = newKey()
    const first = await file(key, 'window-a')
    const next = await save(windowOf(key, 'window-a', { folder: 'drafts', message: first }))
    // What it sends next still names the first: the reply never came.
    const last = await save(windowOf(key, 'window-a', { folder: 'drafts', message: first }))
    expect([next.elsewhere, last.elsewhere]).toEqual([{ is: 'nothing' }, { is: 'nothing' }])
    expect(await lying(key)).toEqual([uidOf(last.message)])
  })

  it('two windows that go on with the same version both keep theirs, and are told of each other', async () => {
    const key = newKey()
    const first = await file(key, 'window-a')
    const opened = await openDraft(place(first))
    expect(opened.lineage).toEqual({ key, writer: 'window-a' })
    const known = { folder: 'drafts', message: first } as const
    const theirs = await save(windowOf(key, 'window-b', known))
    expect(theirs.elsewhere).toEqual({ is: 'nothing' })
    const mine = await save(windowOf(key, 'window-a', known))
    expect(mine.elsewhere).toEqual({ is: 'changed', others: [theirs.message] })
    expect((await lying(key)).toSorted()).toEqual([theirs.message, mine.message].map(uidOf).toSorted())
    const again = await save(windowOf(key, 'window-b', { folder: 'drafts', message: theirs.message }))
    expect(again.elsewhere).toEqual({ is: 'changed', others: [mine.message] })
    // Kept both: under a key of its own nobody is in its way.
    const apart = await save(windowOf(newKey(), 'window-a', { folder: 'drafts', message: mine.message }))
    expect(apart.elsewhere).toEqual({ is: 'nothing' })
    expect(await lying(key)).toEqual([uidOf(again.message)])
  })

  it('two saves at the same moment lose neither, and one at least is told', async () => {
    const key = newKey()
    const known = { folder: 'drafts', message: await file(key, 'window-a') } as const
    const both = await Promise.all(
      ['window-a', 'window-b'].map((writer) => save(windowOf(key, writer, known))),
    )
    expect(both.map(({ elsewhere }) => elsewhere.is)).toContain('changed')
    expect((await lying(key)).toSorted()).toEqual(both.map(({ message }) => uidOf(message)).toSorted())
  })

  it('of two saves of the same window the one with the newer words stays, whichever is filed first', async () => {
    const key = newKey()
    const known = { folder: 'drafts', message: (await save(after(1, key))).message } as const
    const newer = await save(after(3, key, known))
    // Its connection broke, and the server went on with it.
    await save(after(2, key, known))
    expect(await lying(key)).toEqual([uidOf(newer.message)])
    const [, last] = await Promise.all([save(after(4, key, known)), save(after(5, key, known))])
    expect(await lying(key)).toEqual([uidOf(last.message)])
  })

  it('a window that does not count its changes removes no version that was filed after', async () => {
    const key = newKey()
    const known = { folder: 'drafts', message: await file(key, 'window-a') } as const
    await Promise.all([save(windowOf(key, 'window-a', known)), save(windowOf(key, 'window-a', known))])
    expect((await lying(key)).length).toBeGreaterThanOrEqual(1)
  })

  it('whoever goes on with what another window left takes over its versions, up to what was left', async () => {
    const key = newKey()
    await save(after(2, key))
    const goesOn = (count: number) => ({
      ...windowOf(key, 'window-b'),
      lineage: { key, writer: 'window-b', count: 1, before: { writer: 'window-a', count } },
    })
    const unseen = await save(goesOn(1))
    expect(unseen.elsewhere.is).toBe('changed')
    const next = await save(goesOn(2))
    expect(next.elsewhere).toEqual({ is: 'nothing' })
    expect(await lying(key)).toEqual([uidOf(next.message)])
  })

  it('a draft whose key begins like this one is another', async () => {
    const key = newKey()
    const longer = `${key}1`
    await file(longer, 'window-a')
    await file(longer, 'window-b')
    const saved = await save(windowOf(key, 'window-a'))
    expect(saved.elsewhere).toEqual({ is: 'nothing' })
    expect(await lying(longer)).toHaveLength(2)
  })

  it('a draft of another program that was taken away is told as gone, and saved anew', async () => {
    const key = newKey()
    const uid = await at.other.append({
      folder: 'Drafts',
      flags: ['\\Draft'],
      raw: `From: alice@posthorn.test\r\nSubject: ${key}\r\nX-Posthorn-Draft-Key: x"\r\n\r\nHello\r\n`,
    })
    const status = await at.other.client.status('Drafts', { uidValidity: true })
    const message = `${status && status.uidValidity}-${uid}`
    const opened = await openDraft(place(message))
    expect(opened.lineage?.key).toBe(`of-draft-${message}-end`)
    const lock = await at.other.client.getMailboxLock('Drafts')
    await at.other.client.messageDelete(`${uid}`, { uid: true })
    lock.release()
    const saved = await save({ ...opened, lineage: { key: opened.lineage!.key, writer: 'window-a' } })
    expect(saved.elsewhere).toEqual({ is: 'gone' })
    expect(await lying(key)).toEqual([uidOf(saved.message)])
  })

  it('what was changed, sent or deleted elsewhere is not sent from here before somebody has chosen', async () => {
    const key = newKey()
    const first = await file(key, 'window-a')
    const known = { folder: 'drafts', message: first } as const
    const theirs = await save(windowOf(key, 'window-b', known))
    const send = (message: Outgoing) => sendMessage({ who: at.who, account: 0, message, undoSeconds: 60 })
    await expect(send(windowOf(key, 'window-a', known))).rejects.toMatchObject({ code: 'draft-changed' })
    // Whoever has the last version sends it, a reply that was lost or not.
    await save(windowOf(key, 'window-b', { folder: 'drafts', message: theirs.message }))
    const { id } = await send(windowOf(key, 'window-b', { folder: 'drafts', message: theirs.message }))
    const row: JobRow = { ...(await findJob(at.who.key, id))!, step: 'marked' }
    await submitMessage({ row, who: at.who, note: async () => undefined })
    expect(await lying(key)).toEqual([])
    await expect(send(windowOf(key, 'window-a', known))).rejects.toMatchObject({ code: 'draft-changed' })
  })

  it('a send takes away what it sent, and nothing that was written after it', async () => {
    const key = newKey()
    const send = async (message: Outgoing) => {
      const { id } = await sendMessage({ who: at.who, account: 0, message, undoSeconds: 60 })
      const row: JobRow = { ...(await findJob(at.who.key, id))!, step: 'marked' }
      return () => submitMessage({ row, who: at.who, note: async () => undefined })
    }
    const first = await save(after(1, key))
    const known = { folder: 'drafts', message: first.message } as const
    const leave = await send(after(1, key, known))
    // "Not sent", the window was told: the reply was lost.
    const rewritten = await save(after(2, key, known))
    await leave()
    expect(await lying(key)).toEqual([uidOf(rewritten.message)])
    // The reply of its only save was lost: the window knows of no draft.
    const lost = newKey()
    await save(after(1, lost))
    await (
      await send(after(1, lost))
    )()
    expect(await lying(lost)).toEqual([])
  })

  it('a draft says when it was to leave', async () => {
    const planned = '2031-01-02T08:00:00.000Z'
    const { message } = await save({ ...windowOf(newKey(), 'window-a'), planned })
    expect((await openDraft(place(message))).planned).toBe(planned)
  })
})
