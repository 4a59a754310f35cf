import { expect, it, vi } from 'vitest'
import { inHome } from '../../testing/environment'

const done: string[] = []
vi.mock('../prove', () => ({ prove: async () => undefined }))
vi.mock('../../mail/sign-in', () => ({ trySignIn: async () => undefined }))
vi.mock('./hook', () => ({ askHook: async () => ({ is: 'changed' }) }))
vi.mock('../session', () => ({ keyOf: () => Buffer.alloc(32) }))
vi.mock('../sign-out', () => ({ endOthers: async () => void done.push('ended') }))
vi.mock('../../user/sessions', () => ({ resealSession: async () => void done.push('resealed') }))
vi.mock('../../user/jobs', () => ({ renewPasswords: async () => Promise.reject(new Error('disk full')) }))
const { changePassword } = await import('./change')

inHome({ POSTHORN_PASSWORD_CHANGE: '/bin/true' })

it('that was made ends all other sessions, though what waits to be sent cannot be renewed', async () => {
  const who = { key: 'ida', address: 'ida@x.test', name: '', credentials: { user: 'ida', password: 'a' } }
  const session = { id: 'laptop', account: 0, address: who.address, name: '' } as const
  const asking = { session, who, client: { address: '192.0.2.1', agent: '' } }
  await expect(changePassword(asking, { old: 'a', new: 'b' })).rejects.toThrow('disk full')
  expect(done).toEqual(['ended', 'resealed'])
})
