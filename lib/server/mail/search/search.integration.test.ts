// Searching real servers: each operator finds what a person would say it finds, over all folders.
import { expect, it } from 'vitest'
import type { Mailbox } from '@/e2e/servers/mailbox'
import { letter } from '@/e2e/stories/letters'
import { searchMessages } from '../../actions/search-messages'
import { onServers } from '../../testing/on-servers'

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
    { date: '2026-01-05', flags: ['\\Seen'] },
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

onServers({ what: 'search', seed: ({ other }) => seed(other) }, (at) => {
  const search = (
    q: string,
    more: { folder?: 'everywhere' | 'inbox'; offset?: number; limit?: number } = {},
  ) => searchMessages({ who: at.who, q, folder: 'mail', offset: 0, limit: 50, ...more })
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

  it('goes on when a hit is gone before its page is asked for', async () => {
    await search('', { limit: 1 })
    await at.other.client.mailboxOpen('INBOX')
    await at.other.client.messageDelete('1')
    const { total, hits } = await search('', { offset: 1, limit: 5 })
    expect(hits.map(({ row }) => row.subject)).toEqual(['Engine notes', 'Long letter'])
    expect(total).toBe(3)
  })
})
