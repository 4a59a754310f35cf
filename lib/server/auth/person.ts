// Whose session it is, whatever spelling of the address was typed: an address in lower case, its local part without
// quotes (RFC 5321 section 4.1.2), which is what the bundled mail server calls its user. Mail is kept apart where the server
// tells spellings apart (owner.ts). Sessions are not: one that is ended too many is signed in again, one that is missed
// stays open to whoever knows the old password.
export const personOfAddress = (address: string): string => {
  const at = address.lastIndexOf('@')
  const local = address.slice(0, Math.max(at, 0))
  const quoted = /^"(.*)"$/s.exec(local)
  const plain = quoted ? (quoted[1] ?? '').replace(/\\(.)/gs, '$1') : local
  return (plain + address.slice(Math.max(at, 0))).toLowerCase()
}
