import type { Preferences } from '@/lib/model/preferences'
import { mark, move, wholeOf } from './actions'
import type { Targets } from './actions'
import type { App } from './app'
import { isUnread } from './cache/threads'
import type { MessageSummary } from '@/lib/model/message'
import type { SwipeAction } from '@/lib/model/swipe-action'

// What a finger that moves over a row means.

export type Side = 'left' | 'right'

/** Less than this may be a finger that only rests. */
const slop = 10
/** A row that was taken this far along goes on by itself. */
const farEnough = 0.3
/** From the edge of the screen a finger means the browser's own back and forward. */
const edge = 20

export interface Way {
  dx: number
  dy: number
}

/** `scroll` for good: a list that scrolls is never swiped by the same finger. */
export const intentOf = ({ dx, dy }: Way): 'open' | 'swipe' | 'scroll' => {
  if (Math.hypot(dx, dy) < slop) return 'open'
  return Math.abs(dx) > Math.abs(dy) * 1.4 ? 'swipe' : 'scroll'
}

export const isFar = (dx: number, width: number): boolean => Math.abs(dx) >= width * farEnough

export const beginsAtEdge = (x: number, width: number): boolean => x < edge || x > width - edge

/** What cannot be taken back, or would change nothing, is not done by a finger in passing. */
const makesSense = (action: SwipeAction, folder: string): boolean => {
  if (action === 'archive') return folder !== 'archive' && folder !== 'drafts'
  if (action === 'delete') return !['trash', 'junk', 'drafts'].includes(folder)
  return action !== 'junk' || !['junk', 'sent', 'drafts'].includes(folder)
}

/** What this side does in this folder; `none` where nothing. */
export const actionOf = (wishes: Preferences, side: Side, folder: string): SwipeAction => {
  const wanted = side === 'left' ? wishes.swipeLeft : wishes.swipeRight
  return makesSense(wanted, folder) ? wanted : 'none'
}

/** Does the row leave the list by it? */
export const leavesBy = (action: SwipeAction): boolean => ['archive', 'delete', 'junk'].includes(action)

interface Swiped {
  row: MessageSummary
  targets: Targets
  action: SwipeAction
}

export const doSwiped = (app: App, { row, targets: own, action }: Swiped): Promise<void> | undefined => {
  const { list } = app.words()
  const targets = wholeOf(app, own)
  const count = targets.ids.length
  if (action === 'archive') return move(app, targets, 'archive', list.archived(count))
  if (action === 'delete') return move(app, targets, 'trash', list.deleted(count))
  if (action === 'junk') return move(app, targets, 'junk', list.junked(count))
  if (action === 'read') {
    const on = isUnread(row)
    return mark(app, targets, 'seen', on, on ? list.markedRead(count) : list.markedUnread(count))
  }
  const on = !row.flags.flagged
  if (action === 'star') return mark(app, own, 'flagged', on, on ? list.star : list.unstar)
}
