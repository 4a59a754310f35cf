import { fileURLToPath } from 'node:url'

/** The root of the clone: programs are started from here. */
export const repository = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')
