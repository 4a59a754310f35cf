import type { Underway } from '@/lib/client/drafts'
import type { Signal } from '@/lib/client/signal'
import { isComing, type AttachedFile } from './files/files'
import type { LetterState } from './letter'

// What was asked for and has not happened yet: a Send that waits for its original or its files, files that go up. It
// happens in this page alone, so a page that goes has to wait for it, or to ask.

export interface UnderwayOf {
  state: Pick<Signal<Pick<LetterState, 'sending'>>, 'get' | 'subscribe'>
  list: Pick<Signal<readonly AttachedFile[]>, 'get' | 'subscribe'>
  /** Of the files, those that go along. Asked only where some are on their way: it may have to read the letter. */
  leaving: () => readonly AttachedFile[]
  /** What came along by itself is missed by nobody. */
  hasChanged: () => boolean
}

export function underwayOf({
  state,
  list,
  leaving,
  hasChanged,
}: UnderwayOf): Underway & { done: () => void } {
  const ends = new Set<() => void>()
  const isSending = () => state.get().sending !== 'no'
  const hasComing = () => hasChanged() && list.get().some(isComing) && leaving().some(isComing)
  const is = () => isSending() || hasComing()
  const settled = (): Promise<'settled' | 'stays'> =>
    new Promise((resolve) => {
      const wasSending = isSending()
      const end = (how: 'settled' | 'stays') => {
        for (const stop of stops) stop()
        ends.delete(onDone)
        resolve(how)
      }
      const onDone = () => end('settled')
      // From one wait a Send goes on to the next, within one turn.
      const look = () =>
        queueMicrotask(() => {
          if (!ends.has(onDone) || is()) return
          const failed = list.get().some((file) => file.state.is === 'failed')
          end(wasSending || failed ? 'stays' : 'settled')
        })
      const stops = [state.subscribe(look), list.subscribe(look)]
      ends.add(onDone)
      look()
    })
  return {
    is,
    settled,
    done: () => {
      for (const end of ends) end()
    },
  }
}
