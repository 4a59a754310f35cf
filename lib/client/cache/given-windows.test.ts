import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { noFlags } from '@/lib/model/no-flags'
import type { MessageWindow } from '@/lib/model/message'
import { wordsOfWindow } from '@/lib/model/window-words'
import { type AskForWindow, givenWindows } from './given-windows'

const letter = { from: [], to: [], preview: '', date: '2026-11-21T09:00:00Z', size: 1, attachments: [] }
const row = (subject: string) => ({ ...letter, id: '7-1', subject, flags: noFlags })
const window = (subject: string): MessageWindow => ({
  uidvalidity: '7',
  total: 1,
  offset: 0,
  rows: [row(subject)],
})

/** Names a window as the server does, and sends it only to who does not name it. */
const serverOf = (now: () => MessageWindow) => {
  const sent: string[] = []
  const ask: AskForWindow = async (known) => {
    const name = createHash('sha256').update(wordsOfWindow(now())).digest('base64url')
    sent.push(name === known ? 'unchanged' : 'all')
    return name === known ? { unchanged: true } : now()
  }
  return { ask, sent }
}

test('a window that has not changed is not sent again, one that has is', async () => {
  let subject = 'Plan 会議 \ud800'
  const { ask, sent } = serverOf(() => window(subject))
  const given = givenWindows()
  // What came with the page, its fields in whichever order.
  const { rows, ...rest } = window(subject)
  given.keep('inbox', { rows, ...rest })
  expect(await given.bring('inbox', ask)).toEqual(window(subject))
  expect(await given.bring('archive', ask)).toEqual(window(subject))
  expect(await given.bring('archive', ask)).toEqual(window(subject))
  subject = 'Another plan'
  expect(await given.bring('inbox', ask)).toEqual(window(subject))
  expect(await given.bring('inbox', ask)).toEqual(window(subject))
  expect(sent).toEqual(['unchanged', 'all', 'unchanged', 'all', 'unchanged'])
})

test('a field that is only undefined changes no name', () => {
  const one = window('Plan')
  const other = { ...one, rows: one.rows.map((row) => ({ ...row, thread: undefined })) }
  expect(wordsOfWindow(other as unknown as MessageWindow)).toBe(wordsOfWindow(one))
})
