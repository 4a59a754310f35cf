import { eraseDrafts, type KeptDraft, unsavedDrafts } from './kept-drafts'

// The letters that are open in this tab and others, and what is to happen to them before a page goes.

/** At sign-out, before the page goes: from then on nothing is kept, and nothing is asked about. */
export const forgetAllDrafts = (): void => {
  open.clear()
  eraseDrafts()
}

const lockName = (id: string): string => `posthorn:letter:${id}`

/** Says to other tabs that this letter is open here; the browser takes the word back when the tab dies. */
export const holdLetter = (id: string): (() => void) => {
  let release = () => {}
  const released = new Promise<void>((resolve) => (release = resolve))
  void navigator.locks?.request(lockName(id), () => released)
  return () => release()
}

/** Which of these are being written in no tab. */
export const abandoned = async (drafts: KeptDraft[]): Promise<KeptDraft[]> => {
  const held = new Set((await navigator.locks?.query())?.held?.map((lock) => lock.name))
  return drafts.filter(({ id }) => !held.has(lockName(id)))
}

type Flush = () => Promise<'saved' | 'failed'>

/** What was asked for and happens in this page alone. */
export interface Underway {
  is: () => boolean
  /** `stays`: it did not happen, and its window says why. */
  settled: () => Promise<'settled' | 'stays'>
}

interface Open {
  flush: Flush
  underway: Underway
}

const open = new Map<string, Open>()

/** What the sign-out and a reload do to a letter before the page goes; taken back when the letter is done with. */
export const keptFromLoss = (id: string, letter: Open): (() => void) => {
  open.set(id, letter)
  return () => open.delete(id)
}

export const somethingUnderway = (): boolean => [...open.values()].some(({ underway }) => underway.is())

/** When every Send that waits has left, and every file is up; `stays`: one of them is not. */
export const everythingSettled = async (): Promise<'settled' | 'stays'> => {
  const all = [...open.values()].filter(({ underway }) => underway.is())
  const ends = await Promise.all(all.map(({ underway }) => underway.settled()))
  return ends.includes('stays') ? 'stays' : 'settled'
}

const longestSaveMs = 15_000

/** The words at once, whatever they wait for; then what they wait for. */
const saveWhole = async ({ flush, underway }: Open): Promise<'saved' | 'failed'> => {
  const words = await flush()
  if (!underway.is()) return words
  return (await underway.settled()) === 'settled' ? flush() : 'failed'
}

/** Every letter of this tab to the server, and whether anything of this person is in this browser alone. */
export const saveAllDrafts = async (address: string): Promise<'saved' | 'some-here-only'> => {
  const late = new Promise<'failed'>((resolve) => setTimeout(() => resolve('failed'), longestSaveMs))
  const saved = await Promise.all([...open.values()].map((letter) => Promise.race([saveWhole(letter), late])))
  return saved.includes('failed') || unsavedDrafts(address).length > 0 ? 'some-here-only' : 'saved'
}
