// What a spam filter of the site is asked and what it may answer.
import type { Readable } from 'node:stream'

export interface Suspect {
  /** Its bytes, from the first. */
  open: () => Readable
  size: number
  queueId: string
  sender: string
  recipients: readonly string[]
  ip: string
  helo: string
}

export interface Opinion {
  verdict: 'take' | 'junk' | 'refuse' | 'later'
  score: number
  required: number
  symbols: readonly string[]
}

/** Throws when it is down, slow or says nothing that can be understood. */
export type AskFilter = (suspect: Suspect) => Promise<Opinion>

/** Milliseconds that a filter may take; the client at the door waits meanwhile. */
export const longest = 15_000
export const mostAnswer = 256 * 1024

/** Names of symbols go into a header line. */
export const symbolNames = (names: readonly string[]): string[] =>
  names.filter((name) => /^[\w.:-]{1,80}$/.test(name)).slice(0, 50)
