import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { AppError } from '../model/errors'
import { arriving, readBody, SenderLeft } from './request-body'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** What has been sent, on a connection that then says nothing, not even that it ended. */
const silentAfter = (text: string) =>
  new ReadableStream<Uint8Array>({ start: (at) => at.enqueue(new TextEncoder().encode(text)) })

const collect = async (body: AsyncIterable<Uint8Array>, into: string[]) => {
  for await (const chunk of body) into.push(new TextDecoder().decode(chunk))
}

it('a sender that falls silent is gone after a while', async () => {
  const got: string[] = []
  const read = expect(collect(arriving(silentAfter('half')), got)).rejects.toThrow('connection-lost')
  await vi.advanceTimersByTimeAsync(29_000)
  expect(got).toEqual(['half'])
  await vi.advanceTimersByTimeAsync(2000)
  await read
})

it('how slow the reader is does not matter', async () => {
  const both = new ReadableStream<Uint8Array>({
    start: (at) => {
      for (const text of ['one', 'two']) at.enqueue(new TextEncoder().encode(text))
      at.close()
    },
  })
  const got: number[] = []
  const read = (async () => {
    for await (const { length } of arriving(both)) {
      got.push(length)
      await new Promise((done) => setTimeout(done, 60_000))
    }
  })()
  await vi.advanceTimersByTimeAsync(130_000)
  await read
  expect(got).toEqual([3, 3])
})

it('whoever is told that it is over waits no longer', async () => {
  const over = new AbortController()
  const read = expect(collect(arriving(silentAfter('half'), over.signal), [])).rejects.toThrow(
    'connection-lost',
  )
  await vi.advanceTimersByTimeAsync(10)
  over.abort()
  await read
})

it('a sender that breaks off is not our failure', async () => {
  const broken = new ReadableStream<Uint8Array>({ pull: (at) => at.error(new Error('aborted')) })
  const read = collect(arriving(broken), [])
  await expect(read).rejects.toThrow('connection-lost')
  await expect(read).rejects.toBeInstanceOf(SenderLeft)
  expect(new AppError('connection-lost')).not.toBeInstanceOf(SenderLeft)
})

it('a body of JSON that never ends is given up, too', async () => {
  const request = new Request('http://localhost/', {
    method: 'POST',
    body: silentAfter('{"a"'),
    duplex: 'half',
  } as RequestInit)
  const read = expect(readBody(request, 1000)).rejects.toThrow('connection-lost')
  await vi.advanceTimersByTimeAsync(31_000)
  await read
})
