import { AppError } from '@/lib/model/errors'
import type { MessageWindow, UnchangedWindow } from '@/lib/model/message'
import { wordsOfWindow } from '@/lib/model/window-words'

// The last windows, as the server gave them: one that it is asked for again, because it may have changed, it need not
// send again when it has not. Named by what is in them (SHA-256), so that a name never stands for anything else.

/** Each is a screenful of rows that the listing holds as well. */
const mostKept = 8

export type AskForWindow = (known?: string) => Promise<MessageWindow | UnchangedWindow>

export interface GivenWindows {
  keep: (key: string, window: MessageWindow) => void
  /** The window, whether it was sent or is the one that is kept. */
  bring: (key: string, ask: AskForWindow) => Promise<MessageWindow>
}

/** Nothing where the browser has no hash: over plain http from another machine. */
const nameOf = async (window: MessageWindow): Promise<string | undefined> => {
  const { subtle } = globalThis.crypto as Partial<Crypto>
  if (!subtle) return undefined
  const hash = await subtle.digest('SHA-256', new TextEncoder().encode(wordsOfWindow(window)))
  const binary = String.fromCharCode(...new Uint8Array(hash))
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace('=', '')
}

export const givenWindows = (): GivenWindows => {
  const given = new Map<string, MessageWindow>()
  const keep: GivenWindows['keep'] = (key, window) => {
    given.delete(key)
    given.set(key, window)
    const oldest = given.keys().next().value
    if (given.size > mostKept && oldest !== undefined) given.delete(oldest)
  }
  return {
    keep,
    bring: async (key, ask) => {
      const known = given.get(key)
      const answer = await ask(known && (await nameOf(known)))
      if (!('unchanged' in answer)) {
        keep(key, answer)
        return answer
      }
      if (!known) throw new AppError('internal')
      return known
    },
  }
}
