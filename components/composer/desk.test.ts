import { expect, it } from 'vitest'
import { compose, desk, putAway, writes, type Place } from './desk'

const at = (message: string, account = 0): Place => ({ account, folder: 'drafts', message })

it('a draft that is being written comes forward, whatever its letter began with', () => {
  const now = { draft: null as Place | null }
  const fresh = compose({ kind: 'new' })
  writes(fresh, () => now.draft)
  const opened = compose({ kind: 'draft', at: at('1-4') })
  expect(opened).not.toBe(fresh)
  expect(compose({ kind: 'draft', at: at('1-4') })).toBe(opened)
  now.draft = at('1-5')
  expect(compose({ kind: 'draft', at: at('1-5') })).toBe(fresh)
  const others = compose({ kind: 'draft', at: at('1-5', 1) })
  expect([fresh, opened]).not.toContain(others)
  for (const { id } of desk.get()) putAway(id)
})
