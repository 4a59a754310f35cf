import { expect, it } from 'vitest'
import { once } from '../once'
import { whileSession } from './ended'

it('a reader who had left already leaves nothing behind', () => {
  const gone = whileSession('laptop', AbortSignal.abort())
  expect(gone.aborted).toBe(true)
  expect(once('session-streams', () => new Map<string, unknown>()).size).toBe(0)
})
