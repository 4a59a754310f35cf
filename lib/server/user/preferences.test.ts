import { beforeEach, expect, test, vi } from 'vitest'
import { defaultPreferences, preferencesChange } from '@/lib/model/preferences'
import type * as Real from './db'

const { openDatabase } = await vi.importActual<typeof Real>('./db')
let db: Real.Db
vi.mock('./db', () => ({ database: async () => db }))
const { changePreferences, readPreferences } = await import('./preferences')

beforeEach(async () => {
  db = await openDatabase(':memory:')
})

test('a change leaves what other pages chose, also at the same moment', async () => {
  await changePreferences('alice', { images: 'always', theme: 'dark' })
  await Promise.all([
    changePreferences('alice', { images: 'ask' }),
    changePreferences('alice', { sound: true }),
    changePreferences('bob', { theme: 'light' }),
  ])
  expect(await readPreferences('alice')).toEqual({
    ...defaultPreferences,
    images: 'ask',
    theme: 'dark',
    sound: true,
  })
  expect(await readPreferences('bob')).toEqual({ ...defaultPreferences, theme: 'light' })
})

test('what two devices chose for folders of their own is all kept', async () => {
  const bySize = { sort: 'size', direction: 'usual', filter: 'all', grouping: 'messages' } as const
  await Promise.all([
    changePreferences('alice', { views: { inbox: bySize }, collapsed: { '~cA': 'folded' } }),
    changePreferences('alice', { views: { sent: bySize }, collapsed: { '~cQ': 'folded' } }),
  ])
  await changePreferences('alice', { views: { inbox: null }, collapsed: { '~cA': 'open' } })
  expect(await readPreferences('alice')).toMatchObject({ views: { sent: bySize }, collapsed: ['~cQ'] })
})

test('a change names what was chosen and nothing else', () => {
  expect(preferencesChange.parse({ listWidth: null, sound: false, other: 1 })).toEqual({
    listWidth: null,
    sound: false,
  })
  expect(preferencesChange.parse({})).toEqual({})
  expect(preferencesChange.safeParse({ images: 'never' }).success).toBe(false)
  expect(preferencesChange.safeParse({ views: { 'no such': {} } }).success).toBe(false)
})
