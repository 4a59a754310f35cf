// Keywords that have no letter in their mailbox (keywords.ts: the twenty-seventh and later), so that a reindex knows
// them. `posthorn-more-keywords` in the mailbox folder has lines
//   <base name> <keyword> <keyword> …
//
// Invariants:
//  - Lines are only appended; of two for one base name the later counts, and one without keywords takes the former back.
//  - `unlettered` in the database follows the file: a death between the two writes the line again.
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathOf, recordOf, type Context } from './context'
import { lettersOf } from './keywords'
import { isMissing, splitName, statIfThere } from './maildir'
import { flagList } from './rows'
import { appendLines } from './uidlist'

const file = 'posthorn-more-keywords'
const largest = 256 * 1024
const lineBytes = 100

const isKeyword = (flag: string) => !flag.startsWith('\\')

/** The keywords among `flags` that no file name of this mailbox can tell. */
export const wordsWithoutLetter = (ctx: Context, mailbox: number, flags: string): string[] => {
  const keywords = flagList(flags).filter(isKeyword)
  if (keywords.length === 0) return []
  const letters = lettersOf(ctx, mailbox)
  return keywords.filter((word) => !letters.has(word.toLowerCase()))
}

export const readMoreKeywords = async (folder: string): Promise<Map<string, string[]>> => {
  const found = new Map<string, string[]>()
  const text = await readFile(join(folder, file), 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return ''
    throw error
  })
  for (const line of text.split('\n').slice(0, -1)) {
    const [base, ...words] = line.split(' ').filter((word) => word !== '')
    if (base !== undefined) found.set(base, words)
  }
  return found
}

interface Told {
  mailbox: number
  uid: number
  name: string
  flags: string
  /** What the file says by now, as `unlettered` knows it. */
  words: string | null
}

export interface WordsOf {
  mailbox: number
  uid: number
  words: string
}

/** Within the lane: writes what changed; the caller enters the result with `rememberWords` in its transaction. */
export const tellWords = async (ctx: Context, told: readonly Told[]): Promise<WordsOf[]> => {
  const changed: WordsOf[] = []
  const lines = new Map<number, string>()
  for (const { mailbox, uid, name, flags, words: before } of told) {
    const words = wordsWithoutLetter(ctx, mailbox, flags).join(' ')
    if (words === (before ?? '')) continue
    changed.push({ mailbox, uid, words })
    lines.set(mailbox, `${lines.get(mailbox) ?? ''}${splitName(name).base} ${words}\n`)
  }
  for (const [mailbox, text] of lines)
    await appendLines(join(pathOf(ctx, recordOf(ctx, mailbox)), file), text)
  return changed
}

export const rememberWords = (ctx: Context, { mailbox, uid, words }: WordsOf): void => {
  if (words === '') ctx.q('delete from unlettered where mailbox = ? and uid = ?').run(mailbox, uid)
  else
    ctx.q('insert or replace into unlettered (mailbox, uid, words) values (?, ?, ?)').run(mailbox, uid, words)
}

/** Runs within the lane: the file anew, when lines that mean nothing outweigh the others by far. */
export const compactMoreKeywords = async (ctx: Context, mailbox: number, path: string): Promise<void> => {
  const size = (await statIfThere(join(path, file)))?.size ?? 0
  if (size < largest) return
  const rows = ctx
    .q<{ name: string; words: string }>(
      `select name, words from unlettered join message using (mailbox, uid) where mailbox = ?`,
    )
    .all(mailbox)
  if (size < 3 * lineBytes * rows.length) return
  const text = rows.map(({ name, words }) => `${splitName(name).base} ${words}\n`).join('')
  await writeFile(join(path, `${file}.new`), text, { mode: 0o600 })
  await rename(join(path, `${file}.new`), join(path, file))
}
