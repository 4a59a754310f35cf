// What the store and its text worker say to each other.
import type { Needle } from './database'

export type Ask =
  | { ask: 'index'; folder: string }
  | { ask: 'find'; id: number; folder: string; needles: Needle[] }
  | { ask: 'forget'; id: number; folder: string }

export type Answer =
  | { answer: 'found'; id: number; hits: Uint32Array[]; unindexed: number[] }
  | { answer: 'forgotten'; id: number }
  | { answer: 'failed'; id: number; reason: string }
