// Searching real servers: each operator finds what a person would say it finds, over all folders.
import { expect, it } from 'vitest'
import type { Mailbox } from '@/e2e/servers/mailbox'
import { letter } from '@/e2e/stories/letters'
import { folderIdOfPath } from '@/lib/model/folder-id'
import type { SearchPart } from '@/lib/model/search'
import { searchMessages, streamSearch } from '../../actions/search-messages'
import { onServers } from '../../testing/on-servers'
import { withSelected } from '../pool'
import { searchFolder, type Visit } from './folder'

const day = (date: string) => new Date(`${date}T10:00:00Z`)
const ada = { name: 'Ada Lovelace', address: 'ada@example.org' }

/** What lies where before the first search; subjects name the letters. */
const seed = async ({ append, client }: Mailbox): Promise<void> => {
  await client.mailboxCreate('Work')
  const put = async (
    parts: Parameters<typeof letter>[0],
    at: { folder?: string; flags?: string[]; date: string },
  ) => append({ ...at, date: day(at.date), raw: await letter(parts) })
  await put(
    { subject: 'Tea on Thursday', text: 'Bring the garden. chairs' },
    { date: '2026-01-05', flags: ['\\Seen', '$label1'] },
  )
  await put(
    { from: ada, subject: 'Engine notes', attachments: [{ filename: 'notes.pdf', content: 'x' }] },
    { date: '2026-02-01' },
  )
  await put(
    { from: ada, subject: 'Überblick', text: 'Grüße aus Köln. 会議の件' },
    { folder: 'Work', date: '2026-03-01', flags: ['\\Flagged', 'todo'] },
  )
  await put(
    { subject: 'Long letter', text: 'word '.repeat(30_000), headers: { 'List-Id': '<talk.example.org>' } },
    { folder: 'Work', date: '2025-06-01' },
  )
  await put({ subject: 'Tea, cheap', text: 'Buy tea.' }, { folder: 'Junk', date: '2026-02-02' })
}

/** The lines of a stream, each as it comes. */
async function* partsOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<SearchPart> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const bytes of stream) {
    const whole = (text + decoder.decode(bytes, { stream: true })).split('\n')
    text = whole.pop() ?? ''
    for (const line of whole) yield JSON.parse(line) as SearchPart
  }
}

onServers({ what: 'search', wire: 'tapped', seed: ({ other }) => seed(other) }, (at) => {
  const search = (q: string, more: { folder?: string; offset?: number; limit?: number } = {}) =>
    searchMessages({ who: at.who, q, folder: 'mail', offset: 0, limit: 50, ...more })
  const subjects = async (...asked: Parameters<typeof search>) =>
    (await search(...asked)).hits.map(({ row }) => row.subject)

  it.each([
    ['tea', ['Tea on Thursday']],
    ['from:ada', ['Überblick', 'Engine notes']],
    ['from:ada -subject:engine', ['Überblick']],
    ['grüße', ['Überblick']],
    ['subject:überblick', ['Überblick']],
    ['会議', ['Überblick']],
    ['"the garden. chairs"', ['Tea on Thursday']],
    ['subject:tea OR is:starred', ['Überblick', 'Tea on Thursday']],
    ['has:attachment', ['Engine notes']],
    ['-has:attachment from:ada', ['Überblick']],
    ['filename:NOTES', ['Engine notes']],
    ['filename:notes OR is:starred', ['Überblick', 'Engine notes']],
    ['filename:other', []],
    ['label:todo', ['Überblick']],
    ['label:important', ['Tea on Thursday']],
    ['label:Wichtig', ['Tea on Thursday']],
    ['label:重要 -label:todo', ['Tea on Thursday']],
    ['list:talk.example', ['Long letter']],
    ['larger:100k', ['Long letter']],
    ['before:2026-01-01', ['Long letter']],
    ['after:2026-02-01', ['Überblick', 'Engine notes']],
    ['is:read', ['Tea on Thursday']],
    ['is:unread in:work', ['Überblick', 'Long letter']],
    ['in:junk tea', ['Tea, cheap']],
    ['tea in:anywhere', ['Tea, cheap', 'Tea on Thursday']],
    ['in:nowhere tea', []],
    ['a"b\\c', []],
  ])('%s', async (typed, expected) => expect(await subjects(typed)).toEqual(expected))

  it('looks where it is told to', async () => {
    expect(await subjects('tea', { folder: 'everywhere' })).toEqual(['Tea, cheap', 'Tea on Thursday'])
    expect(await subjects('from:ada', { folder: 'inbox' })).toEqual(['Engine notes'])
  })

  it('gives a slice of all hits, newest first over the folders, each with its own', async () => {
    const { total, hits } = await search('', { offset: 1, limit: 2 })
    expect(total).toBe(4)
    expect(hits.map(({ folder, row }) => [folder, row.subject])).toEqual([
      ['inbox', 'Engine notes'],
      ['inbox', 'Tea on Thursday'],
    ])
  })

  it('points at the word that is wrong', async () => {
    const { problem, total } = await search('tea is:purple')
    expect(problem).toEqual({ code: 'unknown-state', at: 4, length: 9 })
    expect(total).toBe(0)
  })

  const during = (stream: AbortSignal) => stream
  const stream = (q: string) => streamSearch({ who: at.who, q, folder: 'mail', limit: 50, during })

  it('is told while folders answer, and at the end as a whole', async () => {
    const parts: SearchPart[] = []
    for await (const part of partsOf(await stream('from:ada'))) parts.push(part)
    const { going, ...last } = parts.at(-1) ?? { going: undefined }
    expect(going).toBeNull()
    expect(last).toEqual(await search('from:ada'))
    const answered = parts.slice(0, -1).map((part) => part.going?.answered ?? -1)
    expect(answered).toEqual(answered.toSorted((a, b) => a - b))
    for (const { hits } of parts) {
      const dates = hits.map(({ row }) => Date.parse(row.date))
      expect(dates).toEqual(dates.toSorted((a, b) => b - a))
    }
  })

  it('tells a mistake in its one line', async () => {
    const parts: SearchPart[] = []
    for await (const part of partsOf(await stream('is:purple'))) parts.push(part)
    expect(parts.map(({ problem }) => problem?.code)).toEqual(['unknown-state'])
  })

  it.each([
    ['one connection', Infinity],
    ['two', -1],
  ])('looks into a large folder piece by piece, each message once, on %s', async (_, alone) => {
    const pieces: number[][] = []
    const wanted = { query: { kind: 'all' } as const, ground: { isIn: () => true, now: new Date() } }
    const visit: Visit = (run) => withSelected(at.who, { path: 'INBOX', effect: 'read' }, run)
    const all = await visit(async ({ selected }) => selected?.exists)
    const never = new AbortController().signal
    const found = async (uids: number[]) => void pieces.push(uids)
    const pace = { whole: 1, first: 1, least: 1, alone, measured: () => undefined, piece: 500 }
    const depth = await searchFolder(visit, wanted, { signal: never, found, pace })
    expect(depth).toBe('all')
    expect(pieces.flat()).toHaveLength(all ?? 0)
    expect(pieces.length).toBeGreaterThan(1)
    const newestFirst = [...new Set(pieces.flat())].toSorted((a, b) => b - a)
    // Of two, the one that is asked for older ones may be told first.
    expect(alone < 0 ? pieces.flat().toSorted((a, b) => b - a) : pieces.flat()).toEqual(newestFirst)
  })

  it('looks into a folder with all that lie in it', async () => {
    const { delimiter } = await at.other.client.mailboxOpen('INBOX')
    const inside = `Work${delimiter}Inside`
    await at.other.client.mailboxCreate(inside)
    await at.other.append({ folder: inside, raw: await letter({ from: ada, subject: 'Deep' }) })
    const work = folderIdOfPath('Work')
    expect(await subjects('from:ada', { folder: `${work}.tree` })).toEqual(['Deep', 'Überblick'])
    expect(await subjects('from:ada', { folder: work })).toEqual(['Überblick'])
    await at.other.client.mailboxDelete(inside)
  })

  it('ends when nobody reads it any more: no further folder is opened', async () => {
    const many = Array.from({ length: 30 }, (_, n) => `Many${n}`)
    for (const path of many) {
      await at.other.client.mailboxCreate(path)
      await at.other.append({ folder: path, raw: await letter({ subject: `Letter in ${path}` }) })
    }
    // The first few answer, all others would: a fast server has told everything before anybody stops.
    const release = at.tap.hold(/ (?:SELECT|EXAMINE) "?Many[1-9]\d/)
    for await (const part of partsOf(await stream('letter'))) if (part.hits.length > 0) break
    release()
    await search('tea', { folder: 'inbox' })
    const told = Buffer.concat(at.tap.said()).toString('latin1')
    // Rows may open a folder again.
    const opened = new Set([...told.matchAll(/ (?:SELECT|EXAMINE) "?(Many\d+)/g)].map(([, path]) => path))
    expect(opened.size).toBeGreaterThan(0)
    expect(opened.size).toBeLessThan(many.length)
    for (const path of many) await at.other.client.mailboxDelete(path)
  })

  it('goes on when a hit is gone before its page is asked for', async () => {
    await search('', { limit: 1 })
    await at.other.client.mailboxOpen('INBOX')
    await at.other.client.messageDelete('1')
    const { total, hits } = await search('', { offset: 1, limit: 5 })
    expect(hits.map(({ row }) => row.subject)).toEqual(['Engine notes', 'Long letter'])
    expect(total).toBe(3)
  })
})
