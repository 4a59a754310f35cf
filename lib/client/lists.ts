import type { Ui } from './app'
import { folderKey } from './cache/state'
import type { MailStore } from './cache/store'
import type { Place, Search } from './place'
import type { Signal } from './signal'

// What was selected in a list, kept while another one is on screen, so that going back finds it.
// Invariant: the selection in `ui` is of the list `here`, whichever way one came to it: acted on in another list,
// its ids would name other messages.

/** The list that stands on screen at this place; '' outside the mail. */
export const listKey = (place: Place | null, search: Search | null): string => {
  if (search) return `search ${search.scope} ${search.text}`
  return place ? folderKey(place) : ''
}

type Kept = Pick<Ui, 'selected' | 'whole' | 'anchor' | 'cursor'>

const mostKept = 50
const nothing: Kept = { selected: new Set(), whole: null, anchor: null, cursor: null }

interface Lists {
  ui: Signal<Ui>
  mail: Pick<MailStore, 'get'>
  here: string
}

export const keptLists = ({ ui, mail, here: first }: Lists) => {
  const kept = new Map<string, Kept>()
  let here = first

  const leaveFor = (next: string): void => {
    if (next === here) return
    const { selected, whole, anchor, cursor } = ui.get()
    kept.delete(here)
    kept.set(here, { selected, whole, anchor, cursor })
    const oldest = kept.keys().next().value
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
    here = next
  }

  /** What has left meanwhile is not selected any more. */
  const stillThere = ({ selected, whole, ...rest }: Kept, key: string): Kept => {
    const left = mail.get().listings[key]?.left
    if (!left || ![...selected].some((id) => left.has(id))) return { selected, whole, ...rest }
    return { ...rest, selected: new Set([...selected].filter((id) => !left.has(id))), whole: null }
  }

  return {
    /** Before another list is shown by a click: it begins without selection. */
    leaveFor,
    /** Another list is on screen, by the browser's own buttons say: it is as it was left. */
    comeTo: (key: string): void => {
      if (key === '' || key === here) return
      leaveFor(key)
      const back = stillThere(kept.get(key) ?? nothing, key)
      ui.set((now) => ({ ...now, ...back, resting: back.cursor }))
    },
  }
}
