import { expect, test } from 'vitest'
import { wordsFor } from '@/lib/i18n/all'
import { defaultPreferences } from '@/lib/model/preferences'
import { noFlags } from '@/lib/model/no-flags'
import { flagsOf, mark, markOpened } from './actions'
import { createApp } from './app'
import { mailCommands } from './commands/mail'
import { isOffered } from './commands/registry'
import { leaveReading } from './reading'

const at = { account: 0, folder: 'inbox' }
const targets = { ...at, ids: ['7-3'] }

const reading = () => {
  const app = createApp({
    person: { account: 0, address: 'alice@example.org', name: '' },
    preferences: defaultPreferences,
    words: wordsFor('en'),
    seed: {},
  })
  const letter = { from: [], to: [], subject: 'Plan', preview: '', size: 1, attachments: [] }
  const rows = [{ ...letter, id: '7-3', date: '2026-11-21T09:00:00Z', flags: noFlags }]
  app.mail.seed({ window: { ...at, window: { uidvalidity: '7', total: 1, offset: 0, rows } } })
  return { ...app, place: () => ({ ...at, message: '7-3' }) }
}

type Reading = ReturnType<typeof reading>
const isSeen = (app: Reading) => flagsOf(app.mail.get(), at, '7-3')?.seen
const offers = (app: Reading, id: string) =>
  mailCommands.some((command) => command.id === id && isOffered(command, app))

test('what is said unread before it stands on the screen is not marked read when it does', async () => {
  const app = reading()
  // The key is heard at once: until it is drawn, an open message is one that is read.
  expect([offers(app, 'mark-unread'), offers(app, 'mark-read')]).toEqual([true, false])
  await mark(app, targets, 'seen', false, '')
  expect([offers(app, 'mark-unread'), offers(app, 'mark-read')]).toEqual([false, true])
  markOpened(app, { ...at, message: '7-3' })
  expect(isSeen(app)).toBe(false)
})

test('opened again, it is read again', async () => {
  const app = reading()
  await mark(app, targets, 'seen', false, '')
  leaveReading(app, { ...at, message: '7-3' })
  markOpened(app, { ...at, message: '7-3' })
  expect(isSeen(app)).toBe(true)
})
