// Servers that are not as good as they might be: one that knows no extension at all, and one whose line breaks at each
// reply in turn. Everything a person does all day works with the first; with the second it is done or it is told, and
// no message is ever in no folder.
import { expect, it } from 'vitest'
import { AppError } from '@/lib/model/errors'
import { usualView } from '@/lib/model/view'
import { closeAccount } from '../mail/pool'
import { onServers, type OnServer } from '../testing/on-servers'
import { importMessage } from './import-message'
import { listMailboxes } from './list-mailboxes'
import { listMessages } from './list-messages'
import { moveMessages } from './move-messages'
import { openMessage } from './open-message'
import { searchMessages } from './search-messages'
import { setFlags } from './set-flags'

const letter = (subject: string) =>
  Buffer.from(
    `From: Ada <ada@example.org>\r\nTo: alice@posthorn.test\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@x.example>\r\nDate: Thu, 5 Mar 2026 09:00:00 +0000\r\n\r\n{5}\r\n* 9 EXPUNGE\r\nirises\r\n`,
  )
/** Told to a person as what it is; never our own mistake. */
const told = new Set([
  'connection-lost',
  'server-unreachable',
  'server-slow',
  'message-gone',
  'refused-by-server',
])

const actionsOf = (at: OnServer) => {
  const inbox = (view = usualView) =>
    listMessages({ who: at.who, folder: 'inbox', offset: 0, limit: 50, view })
  return {
    inbox,
    idOf: async (subject: string) => {
      const found = (await inbox()).rows.find((row) => row.subject === subject)
      if (!found) throw new Error(`${subject} is not in the inbox`)
      return found.id
    },
    add: (subject: string) => importMessage({ who: at.who, folder: 'inbox', bytes: letter(subject) }),
    find: (q: string) => searchMessages({ who: at.who, q, folder: 'inbox', offset: 0, limit: 50 }),
  }
}

onServers({ what: 'no extensions', wire: 'weak' }, (at) => {
  const { inbox, idOf, add, find } = actionsOf(at)

  it('does everything on a server that knows RFC 3501 and nothing more', async () => {
    at.weak.set({ is: 'no-extensions' })
    for (const subject of ['One', 'Two', 'Three']) await add(subject)
    await at.other.until('INBOX', (seen) => seen.length === 3)
    expect((await inbox()).rows.map(({ subject }) => subject)).toEqual(['Three', 'Two', 'One'])
    expect((await inbox({ ...usualView, sort: 'subject' })).rows.map(({ subject }) => subject)).toEqual([
      'One',
      'Three',
      'Two',
    ])
    const message = await idOf('Two')
    expect(await openMessage({ who: at.who, folder: 'inbox', message })).toMatchObject({ subject: 'Two' })
    await setFlags({ who: at.who, folder: 'inbox', ids: [message], flag: 'flagged', on: true })
    await at.other.until('INBOX', (seen) =>
      seen.some((one) => one.subject === 'Two' && one.flags.includes('\\Flagged')),
    )
    expect((await find('irises')).total).toBe(3)
    expect((await listMailboxes({ who: at.who })).mailboxes.map(({ role }) => role)).toEqual(
      expect.arrayContaining(['inbox', 'sent', 'drafts', 'trash', 'junk', 'archive']),
    )
    await moveMessages({ who: at.who, folder: 'inbox', ids: [message], to: 'archive' })
    await at.other.until('Archive', (seen) => seen.some(({ subject }) => subject === 'Two'))
    expect((await inbox()).rows.map(({ subject }) => subject)).toEqual(['Three', 'One'])
    // Without UIDPLUS a plain EXPUNGE would take what another client has marked (DESIGN.md, decision 12).
    const lock = await at.other.client.getMailboxLock('INBOX')
    await at.other.client.messageFlagsAdd({ subject: 'One' }, ['\\Deleted'])
    lock.release()
    await moveMessages({ who: at.who, folder: 'inbox', ids: [await idOf('Three')], to: 'archive' }).catch(
      () => undefined,
    )
    const left = await at.other.list('INBOX')
    expect(left.map(({ subject }) => subject)).toContain('One')
  })
})

const mostReplies = 40
const subject = 'The one'

onServers({ what: 'a line that breaks', wire: 'weak', on: ['posthorn'] }, (at) => {
  const { inbox, add, find } = actionsOf(at)
  const empty = async (path: string) => {
    const lock = await at.other.client.getMailboxLock(path)
    await at.other.client.messageDelete('1:*')
    lock.release()
  }
  const folder = 'inbox' as const
  const acts: Record<string, (message: string) => Promise<unknown>> = {
    'open inbox': () => inbox(),
    'open message': (message) => openMessage({ who: at.who, folder, message }),
    flag: (message) => setFlags({ who: at.who, folder, ids: [message], flag: 'flagged', on: true }),
    move: (message) => moveMessages({ who: at.who, folder, ids: [message], to: 'archive' }),
    append: () => add('One more'),
    search: () => find('irises'),
  }
  const everywhere = async (): Promise<string[]> => {
    const both = [...(await at.other.list('INBOX')), ...(await at.other.list('Archive'))]
    return both.map((one) => one.subject)
  }
  const outcomeOf = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'done',
      (cause: unknown) => (cause instanceof AppError ? cause.code : String(cause)),
    )

  /** The same again and again, each time cut one reply later, until none is left to cut. */
  const eachInTurn = async (name: string, how: 'signed in' | 'from the beginning') => {
    const outcomes: string[] = []
    for (let reply = 1; reply <= mostReplies; reply++) {
      at.weak.set({ is: 'none' })
      for (const path of ['INBOX', 'Archive']) await empty(path)
      const uid = await at.other.append({ raw: letter(subject) })
      const message = (await inbox()).rows[0]?.id ?? ''
      expect(message.endsWith(`-${uid}`)).toBe(true)
      if (how === 'from the beginning') closeAccount(at.who.key)
      at.weak.set({ is: 'cut', at: reply })
      const outcome = await outcomeOf(acts[name]!(message))
      outcomes.push(outcome)
      expect([...told, 'done']).toContain(outcome)
      expect(await everywhere()).toContain(subject)
      if (!at.weak.wasCut()) break
      // The next click finds the server again.
      expect((await inbox()).total).toBeGreaterThanOrEqual(0)
    }
    expect(outcomes.at(-1)).toBe('done')
    return outcomes
  }

  it.each(Object.keys(acts))(
    'at each reply of "%s" in turn is mended or told, and no message is in no folder',
    async (name) => {
      expect((await eachInTurn(name, 'signed in')).length).toBeGreaterThan(1)
    },
    90_000,
  )

  it('while it is being opened is told', async () => {
    const outcomes = await eachInTurn('open inbox', 'from the beginning')
    expect(outcomes).toContain('server-unreachable')
  }, 90_000)
})
