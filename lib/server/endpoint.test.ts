import { expect, it, vi } from 'vitest'
import { api } from '../model/api'
import { inHome } from './testing/environment'

const logged: [string, { event: string }][] = []
const note = (level: string) => (details: { event: string }) => void logged.push([level, details])
vi.mock('./log', () => ({ log: () => ({ info: note('info'), error: note('error') }) }))
const { openEndpoint } = await import('./endpoint')

inHome()

it('a client that breaks off in its body is one line of the log, and no failure', async () => {
  const { answer } = openEndpoint(api.signIn, async () => ({ address: '', name: '' }))
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({ pull: (at) => at.error(new Error('aborted')) })
  const headers = new Headers({ 'x-posthorn': '1', 'x-request-id': 'r1' })
  const { signal } = new AbortController()
  await answer({ method: 'POST', url: '/api/session', headers, body, signal }, {})
  expect(logged).toEqual([['info', { event: 'request-broken-off', request: expect.anything() }]])
})
