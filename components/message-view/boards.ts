// Which message stands on the boards, where one is shown and its neighbours wait behind it. The change is made in the
// document itself, in the task of the key that asks for it: React draws what follows from it (the bar, the list, what only
// an open message does) when the message is on the screen.
// Invariant: what a hand changes is changed by hands alone, so that a message that is gone to and left again before React
// has drawn it leaves nothing behind.

export type Stage = 'shown' | 'prepared'

/** Puts one thing of a message where it belongs at this stage. To do it twice does no more than once. */
export type Hand = (stage: Stage) => void

export interface Boards {
  shown: () => string
  /** Changes places; a message that nobody has a hand in yet is shown when it comes. */
  show: (key: string) => void
  /** A hand is told its stage at once, and at each change; letting go of it leaves its thing as if shown. */
  join: (key: string, hand: Hand) => () => void
  /** Says that a message stands there with its text; the answer takes it back. */
  drawn: (key: string) => () => void
  isDrawn: (key: string) => boolean
}

export const createBoards = (first: string): Boards => {
  const hands = new Map<string, Set<Hand>>()
  const drawn = new Set<string>()
  let shown = first
  const tell = (key: string, stage: Stage) => hands.get(key)?.forEach((hand) => hand(stage))
  return {
    shown: () => shown,
    show: (key) => {
      if (key === shown) return
      tell(shown, 'prepared')
      shown = key
      tell(key, 'shown')
    },
    join: (key, hand) => {
      const theirs = hands.get(key) ?? new Set()
      hands.set(key, theirs.add(hand))
      hand(key === shown ? 'shown' : 'prepared')
      return () => {
        theirs.delete(hand)
        if (theirs.size === 0) hands.delete(key)
        hand('shown')
      }
    },
    drawn: (key) => {
      drawn.add(key)
      return () => void drawn.delete(key)
    },
    isDrawn: (key) => drawn.has(key),
  }
}
