// What the store and its text worker say to each other.
import type { Needle } from './database'
import type { Heavy, pack } from './heavy'

export type Ask =
  | { ask: 'index'; folder: string }
  | { ask: 'find'; id: number; folder: string; needles: Needle[] }
  | { ask: 'forget'; id: number; folder: string }
  | { ask: 'heavy'; id: number; heavy: Heavy }

export type Answer =
  | { answer: 'found'; id: number; hits: Uint32Array[]; unindexed: number[] }
  | { answer: 'forgotten'; id: number }
  | { answer: 'heavy'; id: number; result: ReturnType<typeof pack>['result'] }
  | { answer: 'failed'; id: number; reason: string }
