import 'server-only'
import { once } from '../once'
import type { JobRow } from './schema'

// Told after a row was committed: the runner wakes up, and the browser's windows are told. Nobody here knows
// who listens; a listener that fails does not undo what was committed.
type Listener = (row: JobRow) => void
const listeners = once('job-listeners', () => new Map<string, Listener>())

/** By name, so that a module that was loaded twice listens once. */
export const onJobChange = (name: string, listener: Listener): void => void listeners.set(name, listener)

export const tellJobChange = (row: JobRow): void => listeners.forEach((listener) => listener(row))
