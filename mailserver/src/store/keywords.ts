// Keywords in file names: letters a-z per mailbox, as Dovecot does it, mirrored in `posthorn-keywords` so that a
// reindex knows them. The twenty-seventh keyword and later have no letter: see more-keywords.ts.
import { writeFileSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { pathOf, recordOf, type Context } from './context'
import { isMissing, nameFor } from './maildir'
import { flagList } from './rows'

const file = 'posthorn-keywords'
const noLetters: ReadonlyMap<string, string> = new Map()

/** Keyword (lower case) to letter. */
export const lettersOf = (ctx: Context, mailbox: number): Map<string, string> =>
  new Map(
    ctx
      .q<{ letter: string; name: string }>('select letter, name from keyword where mailbox = ?')
      .all(mailbox)
      .map(({ letter, name }) => [name.toLowerCase(), letter]),
  )

export const keywordAt = (ctx: Context, mailbox: number) => {
  const names = new Map(
    ctx
      .q<{ letter: string; name: string }>('select letter, name from keyword where mailbox = ?')
      .all(mailbox)
      .map(({ letter, name }) => [letter, name]),
  )
  return (letter: string): string | null => names.get(letter) ?? null
}

/** Gives letters to keywords this mailbox has not seen; called where their flags are written. */
export const learnKeywords = (ctx: Context, mailbox: number, flags: readonly string[]): void => {
  const unknown = flags.filter((flag) => !flag.startsWith('\\'))
  if (unknown.length === 0) return
  const known = lettersOf(ctx, mailbox)
  const fresh = unknown.filter((flag) => !known.has(flag.toLowerCase()) && known.size < 26)
  if (fresh.length === 0) return
  const used = new Set(known.values())
  const free = [...'abcdefghijklmnopqrstuvwxyz'].filter((letter) => !used.has(letter))
  for (const name of fresh) {
    const letter = free.shift()
    if (letter)
      ctx.q('insert into keyword (mailbox, letter, name) values (?, ?, ?)').run(mailbox, letter, name)
  }
  writeKeywords(ctx, mailbox)
}

/** Before the first file name that uses the letter; in the shape of dovecot-keywords: `<number> <keyword>`. */
const writeKeywords = (ctx: Context, mailbox: number): void => {
  const lines = ctx
    .q<{ letter: string; name: string }>('select letter, name from keyword where mailbox = ? order by letter')
    .all(mailbox)
    .map(({ letter, name }) => `${letter.charCodeAt(0) - 97} ${name}\n`)
  const path = join(pathOf(ctx, recordOf(ctx, mailbox)), file)
  writeFileSync(`${path}.new`, lines.join(''), { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

export const loadKeywords = (ctx: Context, mailbox: number, folder: string): void => {
  let text = ''
  for (const name of ['dovecot-keywords', file]) {
    try {
      text = readFileSync(join(folder, name), 'utf8')
    } catch (error) {
      if (!isMissing(error)) throw error
    }
  }
  for (const line of text.split('\n')) {
    const match = /^(\d{1,2}) ([^\s\\(){%*"\]]{1,100})$/.exec(line)
    if (!match || Number(match[1]) > 25) continue
    ctx
      .q('insert or ignore into keyword (mailbox, letter, name) values (?, ?, ?)')
      .run(mailbox, String.fromCharCode(97 + Number(match[1])), match[2])
  }
}

/** The file name a message with these flags has in this mailbox; every keyword has its letter before it is used. */
export const namedFor = (ctx: Context, mailbox: number, base: string, flags: string): string => {
  const list = flagList(flags)
  if (list.every((flag) => flag.startsWith('\\'))) return nameFor(base, list, noLetters)
  learnKeywords(ctx, mailbox, list)
  return nameFor(base, list, lettersOf(ctx, mailbox))
}
