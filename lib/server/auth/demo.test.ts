import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it, vi } from 'vitest'
import { AppError } from '@/lib/model/errors'
import { config } from '../config'
import { inHome } from '../testing/environment'
import { demoAccounts, demoNameOf, withdrawDemo } from './demo'

const opens = vi.hoisted(() => ({ password: 'posthorn' }))
vi.mock('../mail/sign-in', () => ({
  trySignIn: async ({ credentials }: { credentials: { password: string } }) => {
    if (credentials.password !== opens.password) throw new AppError('wrong-password')
  },
}))
const { prove } = await import('./prove')

inHome({ POSTHORN_DEMO: '1' })
const file = () => join(config().home, 'demo.json')
const known = {
  created: '2026-11-22T00:00:00.000Z',
  passwords: 'known',
  accounts: ['alice', 'bob'].map((name) => ({
    name,
    address: `${name}@posthorn.test`,
    password: 'posthorn',
  })),
}
beforeEach(() => writeFileSync(file(), JSON.stringify(known)))
const offered = () => demoAccounts().map(({ name }) => name)
const who = (password: string) => ({
  ...{ key: 'alice', address: 'alice@posthorn.test', name: '', client: '192.0.2.1' },
  credentials: { user: 'alice@posthorn.test', password },
})

it('whose password was changed is not offered any more, after a restart either, and keeps its name', () => {
  withdrawDemo('Alice@posthorn.test')
  expect(offered()).toEqual(['bob'])
  expect(demoNameOf('alice@posthorn.test')).toBe('alice')
  expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({
    created: known.created,
    passwords: 'known',
  })
})

it('nor one whose password was changed by another door, once it was refused', async () => {
  await prove(who('posthorn'))
  await expect(prove(who('a typing error'))).rejects.toThrow('wrong-password')
  expect(offered()).toEqual(['alice', 'bob'])
  opens.password = 'set by posthorn user password'
  await expect(prove(who('posthorn'))).rejects.toThrow('wrong-password')
  expect(offered()).toEqual(['bob'])
})
