import type { Mailbox } from './mailbox'

/** Does this folder allow it? `i` insert, `t` and `e` delete, `w` flags, `s` read marks, `k` folders inside, `x` its own name and end. */
export const allows = ({ rights }: Pick<Mailbox, 'rights'>, wanted: string): boolean =>
  rights === null || [...wanted].every((right) => rights.includes(right))

const longestName = 200

export type FolderNameProblem = 'empty' | 'too-long' | 'delimiter' | 'control'

/** What is wrong with the name of a folder, before a server is asked. */
export const folderNameProblem = (name: string, delimiter: string | null): FolderNameProblem | null => {
  if (name.trim() === '') return 'empty'
  if (name.length > longestName) return 'too-long'
  if (/[\u0000-\u001f\u007f\u2028\u2029]/.test(name)) return 'control'
  return delimiter !== null && name.includes(delimiter) ? 'delimiter' : null
}
