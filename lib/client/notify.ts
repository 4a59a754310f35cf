import type { MailEvent } from '@/lib/model/events'
import { shownName } from '@/lib/model/address'
import type { MessageSummary } from '@/lib/model/message'
import type { App } from './app'

// New mail, told outside of the page. Invariants:
// - nothing is asked of the browser here: the permission comes from a click in the settings, or not at all;
// - a message is told once, by the tab that listens for all (live.ts), and not while one of them is looked at;
// - what is told came just now and was read nowhere.

/** Mail that a reconnected server tells of late is no news. */
const newsMs = 15 * 60_000
/** More at once are told as a number. */
const mostSingle = 3
const lookedAt = 'posthorn looked at'

type Permission = NotificationPermission | 'missing'

/** Chrome on Android has `Notification` and throws when one is made: there only a service worker may. */
let refusal: 'none' | 'seen' = 'none'

const make = (title: string, options: NotificationOptions): Notification | null => {
  try {
    return new Notification(title, options)
  } catch {
    refusal = 'seen'
    return null
  }
}

export const permission = (): Permission =>
  refusal === 'seen' || typeof Notification === 'undefined' ? 'missing' : Notification.permission

/** Only ever from a click. */
export const askPermission = async (): Promise<Permission> => {
  if (permission() !== 'default') return permission()
  // Shows nothing before it is permitted, but throws where it always will: then there is nothing to ask for.
  make('', { silent: true })
  return permission() === 'missing' ? 'missing' : await Notification.requestPermission()
}

/** Lets the other tabs know that the person looks at this one, for as long as they do. */
export const watchLooking = (): (() => void) => {
  const { locks } = navigator as Partial<Navigator>
  if (!locks) return () => undefined
  let release: (() => void) | null = null
  const look = () => {
    const looking = document.visibilityState === 'visible' && document.hasFocus()
    if (!looking) {
      release?.()
      release = null
    } else if (!release) {
      const held = new Promise<void>((done) => (release = done))
      void locks.request(lookedAt, { mode: 'shared' }, () => held).catch(() => undefined)
    }
  }
  const events = ['focus', 'blur', 'pageshow', 'pagehide'] as const
  for (const name of events) window.addEventListener(name, look)
  document.addEventListener('visibilitychange', look)
  look()
  return () => {
    release?.()
    for (const name of events) window.removeEventListener(name, look)
    document.removeEventListener('visibilitychange', look)
  }
}

const isLookedAt = async (): Promise<boolean> => {
  const { locks } = navigator as Partial<Navigator>
  if (!locks) return document.visibilityState === 'visible' && document.hasFocus()
  const { held = [] } = await locks.query()
  return held.some(({ name }) => name === lookedAt)
}

const isNews = ({ flags, date }: MessageSummary): boolean =>
  !flags.seen && Math.abs(Date.now() - Date.parse(date)) < newsMs

interface Told {
  title: string
  body: string
  tag: string
  open: () => void
}

/** The tag keeps two tabs that both tell of a message to one note. */
const tell = ({ title, body, tag, open }: Told): void => {
  const note = make(title, { body, tag, silent: true })
  if (!note) return
  note.onclick = () => {
    window.focus()
    note.close()
    open()
  }
}

const tellRows = (app: App, account: number, rows: readonly MessageSummary[]): void => {
  const words = app.words()
  const inbox = { account, folder: 'inbox' as const }
  if (rows.length > mostSingle)
    return tell({
      title: words.shell.newMail(rows.length),
      body: [...new Set(rows.map(({ from }) => shownName(from[0] ?? { name: '', address: '' })))].join(', '),
      tag: `posthorn-${rows[0]?.id}-${rows.length}`,
      open: () => app.go({ ...inbox, message: null }),
    })
  for (const { id, from, subject } of rows)
    tell({
      title: shownName(from[0] ?? { name: '', address: '' }) || words.list.noSender,
      body: subject || words.list.noSubject,
      tag: `posthorn-${id}`,
      open: () => app.go({ ...inbox, message: id }),
    })
}

/** Two soft tones; no file is loaded for them. */
export const playSound = (): void => {
  const context = new AudioContext()
  const start = context.currentTime
  for (const [at, pitch] of [
    [0, 587],
    [0.13, 880],
  ] as const) {
    const [tone, volume] = [context.createOscillator(), context.createGain()]
    tone.frequency.value = pitch
    volume.gain.setValueAtTime(0, start + at)
    volume.gain.linearRampToValueAtTime(0.12, start + at + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.001, start + at + 0.35)
    tone.connect(volume).connect(context.destination)
    tone.start(start + at)
    tone.stop(start + at + 0.4)
  }
  window.setTimeout(() => void context.close().catch(() => undefined), 1000)
}

export const tellArrived = (app: App, event: MailEvent): void => {
  const { desktopNotes, sound } = app.preferences.get()
  if (event.type !== 'arrived' || event.folder !== 'inbox' || (!desktopNotes && !sound)) return
  const rows = event.rows.filter(isNews)
  if (rows.length === 0) return
  void isLookedAt().then((looked) => {
    // Who looks sees it; who listens hears it.
    if (sound) playSound()
    if (desktopNotes && !looked && permission() === 'granted') tellRows(app, event.account, rows)
  })
}
