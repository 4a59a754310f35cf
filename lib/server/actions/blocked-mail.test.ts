import { expect, it, vi } from 'vitest'
import type { Listener } from '../events/hub'
import type { Account } from '../mail/account'

const listeners: Listener[] = []
const asked: string[] = []
const rule = { address: 'x@spam.test', name: '', rule: 'blocked', since: '2026-01-01T00:00:00Z' }
vi.mock('../events/hub', () => ({
  subscribe: (_: Account, { listener }: { listener: Listener }) => {
    listeners.push(listener)
    return () => undefined
  },
  watchAnew: () => undefined,
}))
vi.mock('../events/stream', () => ({ eventStream: () => null }))
vi.mock('../user/senders', () => ({ listSenders: async () => [rule] }))
vi.mock('../mail/mailboxes', () => ({ findFolder: async () => 'INBOX' }))
vi.mock('../mail/from', () => ({
  takeUnwanted: async (who: Account) => {
    asked.push(who.credentials.password)
    return []
  },
}))
vi.mock('./move-messages', () => ({ moveMessages: vi.fn() }))
const { watchAnew, watchMail } = await import('./watch-mail')

it('new mail is looked at with the password that holds now', async () => {
  const who = (password: string): Account => ({
    ...{ key: 'alice', address: 'alice@posthorn.test', name: '' },
    credentials: { user: 'alice', password },
  })
  const window = new AbortController()
  watchMail(who('old'), { after: null, signal: window.signal })
  const arrives = () =>
    listeners[0]?.({ id: 1, event: { type: 'stale', account: 0, folder: 'inbox' } as never })
  arrives()
  await vi.waitFor(() => expect(asked).toEqual(['old']))
  watchAnew(who('new'))
  arrives()
  await vi.waitFor(() => expect(asked).toEqual(['old', 'new']))
  window.abort()
})
