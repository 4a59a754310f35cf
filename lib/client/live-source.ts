import type { MailEvent } from '@/lib/model/events'
import { doors } from './api'

/** Waits between tries: quick at first, since most breaks are a laptop waking up; never more than half a minute. */
const waits = [500, 1000, 2000, 5000, 10_000, 30_000]
/** A break shorter than this is not worth a word. */
const patience = 3000

/** What a tab is told; the one that listens tells the others. */
export type Heard =
  | { is: 'event'; event: MailEvent }
  /** `break`: facts may have been missed. */
  | { is: 'live'; after: 'start' | 'break' }
  | { is: 'lost' }
  /** Which build the server serves now. */
  | { is: 'build'; id: string }

/** Our own server's words, not parsed by a schema again (as in `call`); half a line from a broken link is none. */
const parse = <T = MailEvent>(text: string): T | null => {
  try {
    return JSON.parse(text) as T
  } catch {
    return null
  }
}

/**
 * The server's facts, until stopped. The browser's own EventSource gives up after an HTTP error, so reconnecting is
 * ours. `first`: whether somebody listened before this.
 */
export const openSource = (hear: (heard: Heard) => void, first: 'start' | 'break'): (() => void) => {
  let source: EventSource | null = null
  let tries = 0
  let retry = 0
  let worry = 0
  let after = first

  const opened = () => {
    window.clearTimeout(worry)
    worry = 0
    tries = 0
    hear({ is: 'live', after })
    after = 'start'
  }
  const failed = () => {
    source?.close()
    source = null
    after = 'break'
    worry ||= window.setTimeout(() => hear({ is: 'lost' }), patience)
    window.clearTimeout(retry)
    retry = window.setTimeout(connect, waits[Math.min(tries++, waits.length - 1)])
  }
  const connect = () => {
    window.clearTimeout(retry)
    source?.close()
    source = new EventSource(doors.events())
    source.onopen = opened
    source.onerror = failed
    source.addEventListener('build', ({ data }) => {
      const said = parse<{ id: string }>(String(data))
      if (said) hear({ is: 'build', id: said.id })
    })
    source.onmessage = ({ data }) => {
      const event = parse(String(data))
      if (event) hear({ is: 'event', event })
      if (event?.type === 'signed-out') stop()
    }
  }
  const back = () => {
    if (!source || source.readyState === EventSource.CLOSED) connect()
  }
  const stop = () => {
    window.clearTimeout(retry)
    window.clearTimeout(worry)
    source?.close()
    source = null
    window.removeEventListener('online', back)
  }
  window.addEventListener('online', back)
  connect()
  return stop
}
