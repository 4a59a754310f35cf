import { format, stripVTControlCharacters } from 'node:util'
import { log } from '../lib/server/log'

/** What Next tells in passing goes into the log: on our standard output each line is JSON. */
export const takeNextsWords = (): void => {
  const take = (...words: unknown[]) =>
    log().debug({ event: 'next' }, stripVTControlCharacters(format(...words)).trim())
  Object.assign(globalThis.console, { log: take, info: take })
}
