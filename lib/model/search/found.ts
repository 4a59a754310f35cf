import { z } from 'zod/mini'
import { folderId } from '../mailbox'
import { messageSummary } from '../message'
import { searchProblems } from './query'
import { isSearchScope } from './scope'

export const searchScope = z.string().check(z.refine(isSearchScope))

export const searchProblem = z.object({
  code: z.enum(searchProblems),
  at: z.number(),
  length: z.number(),
})

/** A hit and the folder it lies in. */
export const hit = z.object({ folder: folderId, row: messageSummary })
export type Hit = z.infer<typeof hit>

/** A slice of what was found, newest first over all folders. */
export const searchWindow = z.object({
  problem: z.nullable(searchProblem),
  total: z.number(),
  offset: z.number(),
  hits: z.array(hit),
  /** Folders that did not answer, or not in time: what lies in them is not among the hits. */
  missed: z.array(folderId),
  /** Where files were asked for and a folder has too many candidates, only its newest were looked into. */
  depth: z.enum(['all', 'newest']),
})
export type SearchWindow = z.infer<typeof searchWindow>

/** How far a search has come: the hits so far, and how many of the folders have answered; null at its end. */
export const searchPart = z.extend(searchWindow, {
  going: z.nullable(z.object({ answered: z.number(), of: z.number() })),
})
export type SearchPart = z.infer<typeof searchPart>
