import { expect, it, vi } from 'vitest'
import type { Account } from './account'

const opened: { password: string; alive: boolean }[] = []
vi.mock('./connection', () => ({
  connect: async ({ credentials }: Account) => {
    const connection = { password: credentials.password, alive: true, selected: null, close: () => undefined }
    opened.push(connection)
    return connection
  },
}))
const { closeAccount, openAnew, withConnection } = await import('./pool')

it('work in the background never brings an older password back', async () => {
  const who = (password: string): Account => ({
    ...{ key: 'alice', address: 'alice@posthorn.test', name: '' },
    credentials: { user: 'alice', password },
  })
  await openAnew(who('new'))
  for (const connection of opened) connection.alive = false
  const wish = { path: null, urgency: 'background', effect: 'read' } as const
  await withConnection(who('old'), wish, async () => undefined)
  expect(opened.map(({ password }) => password)).toEqual(['new', 'new'])
  closeAccount('alice')
})
