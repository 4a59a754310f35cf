import 'server-only'
import { buildServed } from '../config'
import type { Account } from '../mail/account'
import { gauge } from '../metrics'
import { once } from '../once'
import { type Numbered, subscribe } from './hub'

// Server-sent events (WHATWG HTML section 9.2). A heartbeat keeps proxies from closing a quiet line, and shows
// us a reader who is gone.

const heartbeatMs = 20_000
/** A reader who does not take this much is not there any more, or will do better to come again. */
const mostUnread = 1_000_000

const streams = once('event-streams', () => ({ open: 0 }))
gauge('posthorn_web_event_streams', 'Open streams of events.', () => streams.open)

const encoder = new TextEncoder()
const lineOf = ({ id, event }: Numbered): Uint8Array =>
  encoder.encode(`id: ${id}\ndata: ${JSON.stringify(event)}\n\n`)

/** The page's last word: it asks for the password, and does not come back for more. */
const farewell = encoder.encode('data: {"type":"signed-out"}\n\n')

/** A tab that another build drew learns here that it is older than the server. */
const buildLine = (): string =>
  `event: build\ndata: ${JSON.stringify({ type: 'build', id: buildServed() })}\n\n`

interface Options {
  after: number | null
  /** Aborted with a reason when the session is over; without one when the reader left. */
  signal: AbortSignal
}

export const eventStream = (who: Account, { after, signal }: Options): ReadableStream<Uint8Array> => {
  let end: () => void = () => undefined
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const send = (bytes: Uint8Array) => {
          if ((controller.desiredSize ?? 0) < 0) end()
          else controller.enqueue(bytes)
        }
        let leave: () => void = () => undefined
        const beat = setInterval(() => send(encoder.encode(': still here\n\n')), heartbeatMs)
        let state: 'open' | 'ended' = 'open'
        streams.open++
        end = () => {
          if (state === 'ended') return
          state = 'ended'
          clearInterval(beat)
          streams.open--
          leave()
          controller.close()
        }
        const over = () => {
          if (typeof signal.reason === 'string') send(farewell)
          end()
        }
        signal.addEventListener('abort', over, { once: true })
        send(encoder.encode('retry: 2000\n\n'))
        send(encoder.encode(buildLine()))
        leave = subscribe(who, { after, listener: (numbered) => state === 'open' && send(lineOf(numbered)) })
        if (signal.aborted) over()
      },
      cancel: () => end(),
    },
    { highWaterMark: mostUnread, size: (chunk: Uint8Array) => chunk.byteLength },
  )
}
