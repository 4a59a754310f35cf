// Only what the writer says now counts: a quoted "see attached" of somebody else does not.
const ownLines = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !line.startsWith('>'))
    .join('\n')

/** Whether the text promises a file. `words` are stems in the interface's languages ("attach", "enclosed"). */
export function promisesAttachment(text: string, words: readonly string[]): boolean {
  const own = ownLines(text.slice(0, 100_000)).toLowerCase()
  return words.some((word) => holdsWord(own, word.toLowerCase()))
}

const letter = /\p{L}/u

/** The word begins where a word begins: "unattached" promises nothing. */
function holdsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (at === 0 || !letter.test(text.charAt(at - 1))) return true
  return false
}
