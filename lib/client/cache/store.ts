import { emptyState, folderKey, reduce } from './state'
import type { Change, Folder, MailState } from './state'

/** A change shown before the server confirmed it. It is worked out afresh on whatever the truth has become. */
interface Pending {
  change: (state: MailState) => Change | null
  /** How often the server had told counts when this was made: once it tells again, ours no longer count. */
  counted: number
}

export interface Optimistic<R> {
  change: (state: MailState) => Change | null
  request: () => Promise<R>
  /** What the answer adds to the truth; without it the expected change itself becomes true. */
  settle?: (result: R, state: MailState) => Change | null
}

export interface MailStore {
  get: () => MailState
  subscribe: (listener: () => void) => () => void
  /** A fact from the server. */
  apply: (event: Change) => void
  /** Anything that is no event: a window, a detail. */
  update: (change: (state: MailState) => MailState) => void
  /** How many facts of this folder's rows came until now: an answer that was on its way meanwhile may not know them. */
  told: (at: Folder) => number
  /** Shows the change now; keeps it when the request succeeds, takes it back when it fails. */
  act: <R>(action: Optimistic<R>) => Promise<R>
}

/**
 * The truth as far as the server told it, and on top of it the clicks under way. What is shown is always worked out
 * from both, so taking a click back is leaving it out, whatever arrived in between.
 */
export const createMailStore = (initial: MailState = emptyState): MailStore => {
  let truth = initial
  let pending: readonly Pending[] = []
  let shown = initial
  let counted = 0
  const listeners = new Set<() => void>()
  const facts = new Map<string, number>()

  const note = (event: Change) => {
    if (!('account' in event && 'folder' in event) || event.type === 'counts') return
    const key = folderKey(event)
    facts.set(key, (facts.get(key) ?? 0) + 1)
  }

  const applied = (state: MailState, { change, counted: since }: Pending): MailState => {
    const event = change(state)
    return event ? reduce(state, event, since === counted ? 'follow' : 'leave') : state
  }
  const publish = () => {
    const next = pending.reduce(applied, truth)
    if (next === shown) return
    shown = next
    for (const listener of listeners) listener()
  }
  const drop = (one: Pending) => {
    pending = pending.filter((other) => other !== one)
  }

  return {
    get: () => shown,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    told: (at) => facts.get(folderKey(at)) ?? 0,
    apply: (event) => {
      note(event)
      if (event.type === 'counts' || event.type === 'mailboxes') counted++
      truth = reduce(truth, event)
      publish()
    },
    update: (change) => {
      truth = change(truth)
      publish()
    },
    act: async ({ change, request, settle }) => {
      const one: Pending = { change, counted }
      pending = [...pending, one]
      publish()
      try {
        const result = await request()
        const final = settle ? { ...one, change: (state: MailState) => settle(result, state) } : one
        const fact = final.change(truth)
        if (fact) note(fact)
        truth = applied(truth, final)
        return result
      } finally {
        drop(one)
        publish()
      }
    },
  }
}
