import { type PreferencesChange, withChange } from '@/lib/model/preferences-change'
import type { App } from './app'
import { basePath } from './base'
import { followLabels } from './cache/labelled'
import { staleAll, staleButInbox } from './cache/stale'
import { type Heard, openSource } from './live-source'
import { tellArrived } from './notify'
import { followRenamed } from './renamed'

// One connection for a whole browser: six tabs with one each would leave none for anything else (HTTP/1.1). The tab
// that holds the lock listens and tells the others; when it goes, the next one has the lock.

const say = (app: App, live: 'connecting' | 'live' | 'lost') =>
  app.ui.set((ui) => (ui.live === live ? ui : { ...ui, live }))

const compareBuild = (app: App, served: string) => {
  if (app.build && served && served !== app.build) app.ui.set((ui) => ({ ...ui, outdated: ui.outdated + 1 }))
}

const apply = (app: App, heard: Heard): void => {
  if (heard.is === 'event') {
    app.mail.apply(heard.event)
    if (heard.event.type === 'flags') followLabels(app.mail, heard.event)
    if (heard.event.type === 'renamed') followRenamed(app, heard.event.renamed)
    if (heard.event.type === 'link' && heard.event.state === 'online') staleButInbox(app.mail)
    return
  }
  if (heard.is === 'build') return compareBuild(app, heard.id)
  if (heard.is === 'lost') return say(app, 'lost')
  say(app, 'live')
  if (heard.after === 'start') return staleButInbox(app.mail)
  // After a break everything on screen is asked for again.
  staleAll(app.mail)
  void app.mail.refreshMailboxes(app.person.account).catch(() => undefined)
}

/** `hello`: is there somebody who listens? `here`: there is. `saved`: preferences, by any tab. */
type Said = Heard | { is: 'hello' } | { is: 'here' } | { is: 'saved'; change: PreferencesChange }

interface Tabs {
  name: string
  channel: BroadcastChannel
}

/** The tabs of one person in this browser; none where the page came over plain http. */
const tabsOf = (app: App): Tabs | null => {
  const { locks } = navigator as Partial<Navigator>
  if (!locks || typeof BroadcastChannel === 'undefined') return null
  const name = `posthorn ${basePath()} ${app.person.address}`
  return { name, channel: new BroadcastChannel(name) }
}

interface Turn {
  /** Takes it from whoever has it and does not answer. */
  take: () => void
  leave: () => void
}

/** Runs `lead` in one tab at a time; after another had it, facts may have been missed. */
const inTurn = (name: string, lead: (after: 'start' | 'break') => () => void): Turn => {
  const asking = new AbortController()
  const { signal } = asking
  let end: () => void = () => undefined
  const hold = (after: 'start' | 'break') => async (lock: Lock | null) => {
    if (!lock || signal.aborted) return
    const stop = lead(after)
    await new Promise<void>((done) => (end = done)).finally(stop)
  }
  /** Refused when it was taken away, or when this tab goes: only then is nothing asked again. */
  const request = async (options: LockOptions, after: 'start' | 'break') => {
    try {
      await navigator.locks.request(name, options, hold(after))
    } catch {
      end()
    }
    if (!signal.aborted) await request({ signal }, 'break')
  }
  void request({ ifAvailable: true }, 'start')
  return {
    take: () => void navigator.locks.request(name, { steal: true }, hold('break')).catch(() => end()),
    leave: () => {
      asking.abort()
      end()
    },
  }
}

/** A phone may have put the tab that listens to sleep: no answer in this time, and the one in front listens. */
const sleepMs = 2000

const together = (app: App, { name, channel }: Tabs): (() => void) => {
  let leading: 'no' | 'yes' = 'no'
  let told: 'no' | 'yes' = 'no'
  let last: Heard | { is: 'here' } = { is: 'here' }
  let build: Heard | null = null
  let doubt = 0
  const say = (said: Said) => channel.postMessage(said)
  const hear = (heard: Heard) => {
    if (heard.is === 'build') build = heard
    else if (heard.is !== 'event') last = heard.is === 'live' ? { is: 'live', after: 'start' } : heard
    say(heard)
    apply(app, heard)
    if (heard.is === 'event') tellArrived(app, heard.event)
  }
  const turn = inTurn(name, (after) => {
    leading = 'yes'
    // What was doubted is gone: this tab would take the turn from itself.
    window.clearTimeout(doubt)
    const stop = openSource(hear, after)
    return () => {
      leading = 'no'
      stop()
    }
  })
  channel.onmessage = ({ data }: MessageEvent<Said>) => {
    if (data.is === 'hello') {
      if (leading === 'yes') for (const known of [last, build]) if (known) say(known)
      return
    }
    if (data.is === 'saved') return app.preferences.set((now) => withChange(now, data.change))
    window.clearTimeout(doubt)
    if (data.is !== 'here') apply(app, data)
    if (told === 'yes') return
    told = 'yes'
    // This page was drawn before it listened.
    app.mail.apply({ type: 'stale', account: app.person.account, folder: 'inbox' })
  }
  const ask = () => {
    if (document.visibilityState !== 'visible' || leading === 'yes') return
    say({ is: 'hello' })
    window.clearTimeout(doubt)
    doubt = window.setTimeout(turn.take, sleepMs)
  }
  document.addEventListener('visibilitychange', ask)
  const unsaved = app.onSaved((change) => say({ is: 'saved', change }))
  say({ is: 'hello' })
  return () => {
    unsaved()
    document.removeEventListener('visibilitychange', ask)
    window.clearTimeout(doubt)
    turn.leave()
    channel.close()
  }
}

const alone = (app: App): (() => void) =>
  openSource((heard) => {
    apply(app, heard)
    if (heard.is === 'event') tellArrived(app, heard.event)
  }, 'start')

/** Listens to the server's facts for as long as the page is open. */
export const listen = (app: App): (() => void) => {
  const begin = () => {
    const tabs = tabsOf(app)
    return tabs ? together(app, tabs) : alone(app)
  }
  let end = begin()
  // A page kept by the browser for its back button holds no connection; when it is shown again it has missed facts.
  const hidden = () => end()
  const shown = ({ persisted }: PageTransitionEvent) => {
    if (!persisted) return
    end = begin()
    apply(app, { is: 'live', after: 'break' })
  }
  window.addEventListener('pagehide', hidden)
  window.addEventListener('pageshow', shown)
  return () => {
    end()
    window.removeEventListener('pagehide', hidden)
    window.removeEventListener('pageshow', shown)
  }
}
