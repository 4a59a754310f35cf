import { afterEach, expect, it, vi } from 'vitest'
import { call } from './api'

afterEach(() => vi.unstubAllGlobals())

it.each([
  ['a small', 'words', true],
  ['a large', 'ü'.repeat(20_000), undefined],
])('%s request may outlive its page as far as browsers allow', async (_, text, kept) => {
  const asked = vi.fn((_url: string, _init: RequestInit) => Promise.resolve(Response.json({})))
  vi.stubGlobal('fetch', asked)
  await call('changePreferences', { searches: [text] } as never, { keepalive: true })
  expect(asked.mock.calls[0]?.[1].keepalive).toBe(kept)
})
