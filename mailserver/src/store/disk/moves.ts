// Files given another name, or one more, many at once.
//
// Invariant: nobody but who asks gives the new name. What stands under it already is therefore the file itself, moved by
// a try whose answer was lost.
import { existsSync, linkSync, renameSync } from 'node:fs'
import { hasCode, isMissing } from '../maildir'

export interface Move {
  how: 'rename' | 'link'
  from: string
  to: string
}

export type Moved = 'done' | 'missing' | { failed: string }

const moveOne = ({ how, from, to }: Move): Moved => {
  try {
    if (how === 'link') linkSync(from, to)
    else renameSync(from, to)
    return 'done'
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return 'done'
    if (!isMissing(error)) return { failed: String(error) }
    return existsSync(to) ? 'done' : 'missing'
  }
}

export const doMoves = (moves: readonly Move[]): Moved[] => moves.map(moveOne)
