// What an inspection says: one sentence of fact, and for what is wrong one of help.
import type { Names } from '../names'
import type { Site } from '../records'

export interface Finding {
  area: 'configuration' | 'dns' | 'sender' | 'doors' | 'certificate' | 'permissions' | 'relay'
  state: 'ok' | 'warning' | 'wrong' | 'unknown'
  says: string
  mend?: string
}

export interface Inspected extends Site {
  names: Names
  /** Where the doors are reached from here: never the wildcard address. */
  host: string
  now: Date
}

export type Inspection = (site: Inspected) => Promise<Finding[]>

const sentenceOf = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException
  return code ?? message
}

/** A question that got no answer is no proof of anything: said as such, and the other inspections go on. */
export const orUnknown =
  (area: Finding['area'], what: string, inspection: Inspection): Inspection =>
  async (site) => {
    try {
      return await inspection(site)
    } catch (error) {
      return [{ area, state: 'unknown', says: `${what} could not be looked at: ${sentenceOf(error)}` }]
    }
  }
