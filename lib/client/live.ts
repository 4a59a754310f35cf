import type { MailEvent } from '@/lib/model/events'
import type { App } from './app'
import { doors } from './api'
import { followRenamed } from './renamed'

/** Waits between tries: quick at first, since most breaks are a laptop waking up; never more than half a minute. */
const waits = [500, 1000, 2000, 5000, 10_000, 30_000]
/** A break shorter than this is not worth a word. */
const patience = 3000

/** Our own server's words, not parsed by a schema again (as in `call`); half a line from a broken link is none. */
const parse = (text: string): MailEvent | null => {
  try {
    return JSON.parse(text) as MailEvent
  } catch {
    return null
  }
}

const staleAll = (app: App): void => {
  for (const key of Object.keys(app.mail.get().listings)) {
    const slash = key.indexOf('/')
    app.mail.apply({ type: 'stale', account: Number(key.slice(0, slash)), folder: key.slice(slash + 1) })
  }
}

/**
 * Listens to the server's facts for as long as the page is open. The browser's own EventSource gives up after an
 * HTTP error, so reconnecting is ours; after a break everything on screen is asked for again.
 */
export const listen = (app: App): (() => void) => {
  let source: EventSource | null = null
  let tries = 0
  let retry = 0
  let worry = 0
  let broken = false

  const say = (live: 'connecting' | 'live' | 'lost') =>
    app.ui.set((ui) => (ui.live === live ? ui : { ...ui, live }))
  const opened = () => {
    window.clearTimeout(worry)
    worry = 0
    tries = 0
    say('live')
    if (!broken) return
    broken = false
    staleAll(app)
    void app.mail.refreshMailboxes(app.person.account).catch(() => undefined)
  }
  const failed = () => {
    source?.close()
    source = null
    broken = true
    worry ||= window.setTimeout(() => say('lost'), patience)
    window.clearTimeout(retry)
    retry = window.setTimeout(connect, waits[Math.min(tries++, waits.length - 1)])
  }
  const connect = () => {
    window.clearTimeout(retry)
    source?.close()
    source = new EventSource(doors.events())
    source.onopen = opened
    source.onerror = failed
    source.onmessage = ({ data }) => {
      const event = parse(String(data))
      if (event) app.mail.apply(event)
      if (event?.type === 'renamed') followRenamed(app, event.renamed)
      if (event?.type === 'signed-out') stop()
    }
  }
  const back = () => {
    if (!source || source.readyState === EventSource.CLOSED) connect()
  }
  const rest = () => {
    window.clearTimeout(retry)
    window.clearTimeout(worry)
    source?.close()
    source = null
  }
  // A page kept by the browser for its back button holds no connection; when it is shown again it has missed facts.
  const shown = ({ persisted }: PageTransitionEvent) => {
    if (!persisted) return
    broken = true
    connect()
  }
  const stop = () => {
    rest()
    window.removeEventListener('online', back)
    window.removeEventListener('pagehide', rest)
    window.removeEventListener('pageshow', shown)
  }
  window.addEventListener('online', back)
  window.addEventListener('pagehide', rest)
  window.addEventListener('pageshow', shown)
  connect()
  return stop
}
