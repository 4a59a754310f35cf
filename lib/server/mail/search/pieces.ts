import 'server-only'
import type { Connection } from '../connection'
import { fetchItems, uidOfFetch } from '../data'
import { atom, sequence } from '../wire'
import type { Keys } from './criteria'
import type { Pace } from './pace'

// What of a folder is asked for at once. Invariants:
// - a large folder is searched in pieces, the newest first: a server without a full-text index reads every message,
//   and what is new is shown, or the whole given up, while it still reads what is old;
// - a piece is as long as the server takes about half a second for, of headers a tenth of one; what it was seen to answer
//   within a moment is one piece (pace.ts);
// - a server with an index takes as long for a thousand messages as for all: how much longer a longer piece took decides,
//   not how long a message took;
// - a piece is a range of UIDs, which nothing that comes or goes meanwhile moves: pieces that are asked on several
//   connections, whatever each of these knows, hold every message once.

export interface Piece {
  keys: Keys
  /** How many messages, as far as is known. */
  length: number
  reach: 'whole' | 'part'
}

/** Where a piece may end: the UID that stood at this place. */
interface Mark {
  at: number
  uid: number
}

const mostGrowth = 20
/** Of what a piece took, so much at least is taken to be for its messages: that a longer one took no longer may be luck. */
const leastOfMessages = 1 / 4
/** So many numbers fit into a command line of any server (RFC 7162 section 4: 8000 octets). */
const mostMarks = 500
const fineness = 1000
/** RFC 9051 section 9: nz-number. Unlike `*`, it is never the last message where there is nothing above. */
const highestUid = 4_294_967_295

/** One FETCH: where the first piece may end, and every later one. */
const marksIn = async (connection: Connection, exists: number, first: number): Promise<Mark[]> => {
  const step = Math.max(Math.min(first, fineness), Math.ceil(exists / mostMarks))
  const places: number[] = []
  for (let at = exists - first + 1; at > 1; at -= step) places.push(at)
  const marks: Mark[] = []
  if (places.length > 0)
    await connection.run('FETCH', [sequence(places.join(',')), [atom('UID')]], {
      FETCH: ({ number, tokens }) => {
        const uid = uidOfFetch(fetchItems(tokens))
        // The server may tell of other messages between the answers.
        if (uid && places.includes(number)) marks.push({ at: number, uid })
      },
    })
  const descending = marks.toSorted((a, b) => b.uid - a.uid)
  return [...descending.filter(({ uid }, index) => uid !== descending[index - 1]?.uid), { at: 1, uid: 1 }]
}

/** What pieces cost: so much for the way and the index, and so much for each message. */
const costs = () => {
  let [fixed, each] = [0, 0]
  let last: { length: number; took: number } | null = null
  return {
    add: (length: number, took: number): void => {
      const isOther = last && Math.max(length, last.length) >= 2 * Math.min(length, last.length)
      if (last && isOther) {
        const slope = (took - last.took) / (length - last.length)
        each = Math.max((took / length) * leastOfMessages, slope)
        fixed = Math.max(0, took - each * length)
      } else each = Math.max(took * leastOfMessages, took - fixed) / length
      last = { length, took }
    },
    of: (length: number): number => fixed + each * length,
    /** For how many messages so long is paid, beside what is paid for any. */
    within: (took: number): number => took / each,
  }
}

/** A folder cut up while it is asked; `askers` is between how many the rest is shared. */
export const piecesOf = (pace: Pace) => {
  let marks: Mark[] | null = null
  let before: Mark = { at: 0, uid: highestUid + 1 }
  let size = pace.first
  const cost = costs()
  const left = () => (marks?.length === 0 ? 0 : before.at - 1)
  /** In halves of halves, what is left would take its way there and back for ever smaller pieces. */
  const share = (askers: number): number =>
    askers === 1 || cost.of(left()) < pace.alone ? left() : Math.ceil(left() / askers)
  const cut = (wanted: number): Piece => {
    const all = marks ?? []
    const reached = all.findIndex(({ at }) => before.at - at >= wanted)
    const end = reached < 0 ? all.length - 1 : reached
    const mark = all[end] ?? { at: 1, uid: 1 }
    const piece: Piece = {
      keys: [atom('UID'), sequence(`${mark.uid}:${before.uid - 1}`)],
      length: before.at - mark.at,
      reach: 'part',
    }
    marks = all.slice(end + 1)
    before = mark
    return piece
  }
  return {
    /** Is there more to ask? */
    more: (): boolean => marks === null || marks.length > 0,
    /** In how many milliseconds the rest would be asked, as fast as the last piece was. */
    rest: (): number => cost.of(left()),
    /** The next piece, on a connection that has the folder open; null when there is none. */
    next: async (connection: Connection, askers: number): Promise<Piece | null> => {
      if (marks === null) {
        const exists = connection.selected?.exists ?? 0
        const ends = exists > pace.whole ? await marksIn(connection, exists, pace.first) : []
        before = { at: exists + 1, uid: highestUid + 1 }
        marks = ends
        if (ends.length === 0) return exists > 0 ? { keys: 'all', length: exists, reach: 'whole' } : null
      }
      return marks.length === 0 ? null : cut(Math.min(size, share(askers)))
    },
    /** How long one took decides on the size of the next. */
    took: (length: number, milliseconds: number): void => {
      cost.add(length, milliseconds)
      size = Math.max(pace.least, Math.floor(Math.min(length * mostGrowth, cost.within(pace.piece))))
    },
  }
}
