/** A name for one press of a button that sends: repeated with it, it is the same send. */
export const newPress = (): string => {
  // crypto.randomUUID is missing where the page came over plain http.
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** When the answer was lost, the button is pressed again: the same words are the same press, and leave once. */
export const steadyPress = (): ((words: string) => string) => {
  let last = { words: '', id: '' }
  return (words) => {
    if (last.id === '' || last.words !== words) last = { words, id: newPress() }
    return last.id
  }
}

/** A name for a picture of a letter (RFC 2392). */
export const newContentId = (): string => `${newPress()}@inline`
