import { afterPaint } from './after-paint'
import { placeOfPath, searchOfPath } from './place'
import type { Place } from './place'

// Going somewhere within the mail is a change of the address and nothing else: the page stays, no server is asked.
// Invariant: whoever asks where one is hears where one goes, from the moment of going. Where a stagehand shows that place in
// the same task, all that follows from it (the address, which Next hears of, and what React draws) waits until it was
// painted; else everything follows at once.

/** Shows a place that stands drawn behind what is open, and says whether it did. */
export type Stagehand = (place: Place) => 'shown' | 'not here'

type How = 'push' | 'replace'

interface Going {
  path: string
  how: How
  /** Who is told with those who follow the address. */
  others: (() => void)[]
  /** Calls off what waits for the paint. */
  stop: () => void
  /** The address that stands until then. */
  from: string
}

const nothing = (): void => undefined
const stagehands = new Set<Stagehand>()
const listeners = new Set<() => void>()
let going: Going | null = null

const tell = (others: (() => void)[]): void => {
  for (const listener of [...others, ...listeners]) listener()
}

const show = (path: string): 'shown' | 'not here' => {
  const place = placeOfPath(path)
  const answers = place ? [...stagehands].map((hand) => hand(place)) : []
  return answers.includes('shown') ? 'shown' : 'not here'
}

const standing = (): string => window.location.pathname + window.location.search

const arrive = (): void => {
  if (!going) return
  const { path, how, others, stop, from } = going
  stop()
  going = null
  // Something else has written an address meanwhile, and that is where one is.
  if (standing() !== from) return tell(others)
  if (how === 'push') window.history.pushState(null, '', path)
  else window.history.replaceState(null, '', path)
  tell(others)
}

/** By the browser's own buttons: where one was still going, one goes no more. */
const taken = (): void => {
  const left = going
  left?.stop()
  going = null
  show(navigation.path())
  tell(left?.others ?? [])
}

const isMail = (path: string): boolean => placeOfPath(path) !== null || searchOfPath(path) !== null

export const navigation = {
  subscribe: (listener: () => void) => {
    if (listeners.size === 0) {
      window.addEventListener('popstate', taken)
      // A link leads away from where one is: Next would take an address that comes after it for another wish.
      window.addEventListener('click', arrive, true)
    }
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
      if (listeners.size > 0) return
      window.removeEventListener('popstate', taken)
      window.removeEventListener('click', arrive, true)
    }
  },
  stagehand: (hand: Stagehand) => {
    stagehands.add(hand)
    return () => void stagehands.delete(hand)
  },
  path: (): string => going?.path ?? standing(),
  /** `other` is told of it at the same time as those who follow the address. */
  go: (path: string, how: How = 'push', other: () => void = nothing): void => {
    if (path === navigation.path()) return other()
    // From settings and the like, which are pages of their own, the mail is another page.
    if (!isMail(navigation.path())) {
      other()
      return window.location.assign(path)
    }
    if (how === 'push') arrive()
    const before = going
    before?.stop()
    const others = [...(before?.others ?? []), other]
    const next: Going = { path, how: before?.how ?? how, others, stop: nothing, from: standing() }
    going = next
    if (show(path) === 'shown') next.stop = afterPaint(arrive)
    else arrive()
  },
}
