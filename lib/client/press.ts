/** A name for one press of a button that sends: repeated with it, it is the same send. */
export const newPress = (): string => {
  // crypto.randomUUID is missing where the page came over plain http.
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
