// What the store and its text worker say to each other.
import type { Facts } from '../facts'
import type { Needle } from './database'

export type Ask =
  | { ask: 'index'; folder: string }
  | { ask: 'find'; id: number; folder: string; needles: Needle[] }
  | { ask: 'forget'; id: number; folder: string }
  | { ask: 'facts'; id: number; path: string }

export type Answer =
  | { answer: 'found'; id: number; hits: Uint32Array[]; unindexed: number[] }
  | { answer: 'forgotten'; id: number }
  | { answer: 'facts'; id: number; facts: Facts }
  | { answer: 'failed'; id: number; reason: string }
