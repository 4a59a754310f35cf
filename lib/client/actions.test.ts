import { expect, test } from 'vitest'
import { wordsFor } from '@/lib/i18n/all'
import { noFlags } from '@/lib/model/no-flags'
import { defaultPreferences } from '@/lib/model/preferences'
import type { MessageSummary } from '@/lib/model/message'
import { wholeOf } from './actions'
import { createApp } from './app'

const row: MessageSummary = {
  id: '7-3',
  from: [],
  to: [],
  subject: 'Plan',
  preview: '',
  date: '2026-11-21T09:00:00Z',
  size: 1,
  flags: noFlags,
  attachments: [],
  thread: { ids: ['7-3', '7-1'], unread: [], count: 2, senders: [] },
}

test('a row of the list stands for its conversation, a hit for itself', () => {
  const window = { uidvalidity: '7', total: 1, offset: 0, rows: [row] }
  const app = createApp({
    person: { account: 0, address: 'alice@example.org', name: '' },
    preferences: defaultPreferences,
    words: wordsFor('en'),
    seed: {},
  })
  app.mail.seed({ window: { account: 0, folder: 'inbox', window } })
  const targets = { account: 0, folder: 'inbox', ids: ['7-3'] }
  expect(wholeOf(app, targets).ids).toEqual(['7-3', '7-1'])
  const searching = { ...app, search: () => ({ text: 'plan', scope: 'folder' as const }) }
  expect(wholeOf(searching, targets)).toEqual(targets)
})
