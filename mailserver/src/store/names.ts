// Mailbox names on the wire and folders on disk (Maildir++: one flat directory, levels joined by dots).
//
// Invariants:
//  - A name that passed `checkedName` cannot leave the user's Maildir: its folder is `.` plus modified UTF-7, which
//    holds neither `/` nor NUL, and never is `.` or `..`.
//  - `nameOf(folderOf(name)) === name`.
import { StoreError } from './contract'

export const nameBounds = { bytes: 1_000, folderBytes: 240, depth: 20, count: 10_000 } as const

const base64Of = (text: string) => {
  const wide = Buffer.from(text, 'utf16le').swap16()
  return wide.toString('base64').replace(/=+$/, '').replaceAll('/', ',')
}

/** RFC 3501 section 5.1.3; the dot is shifted too, because Maildir++ joins levels with it. */
const encodeLevel = (level: string): string =>
  level.replace(/[^\x20-\x2d\x2f-\x7e]+|&/gu, (run) => (run === '&' ? '&-' : `&${base64Of(run)}-`))

const decodeLevel = (level: string): string =>
  level.replace(/&([^-&]*)-/g, (whole, run: string) => {
    if (run === '') return '&'
    const bytes = Buffer.from(run.replaceAll(',', '/'), 'base64')
    return bytes.length < 2
      ? whole
      : Buffer.from(bytes.subarray(0, bytes.length & ~1))
          .swap16()
          .toString('utf16le')
  })

/** `Archive/2024` -> `.Archive.2024`; INBOX is the Maildir itself. */
export const folderOf = (name: string): string =>
  name === 'INBOX' ? '' : `.${name.split('/').map(encodeLevel).join('.')}`

/** Null for a folder whose name says nothing usable (another program's). */
export const nameOf = (folder: string): string | null => {
  const name = folder.slice(1).split('.').map(decodeLevel).join('/')
  try {
    return checkedName(name) === name && folderOf(name) === folder ? name : null
  } catch {
    return null
  }
}

const refuse = (why: string): never => {
  throw new StoreError('cannot', why)
}

/** The name as the store keeps it: NFC, INBOX in upper case. Throws what a client may be told. */
export const checkedName = (given: string): string => {
  if (/[\p{Cc}\p{Cs}\u2028\u2029\ufffd]/u.test(given)) refuse('a mailbox name holds a character it may not')
  const levels = given.normalize('NFC').replace(/\/$/, '').split('/')
  if (levels.some((level) => level === '')) refuse('a mailbox name has an empty level')
  if (levels.length > nameBounds.depth) refuse(`a mailbox name has at most ${nameBounds.depth} levels`)
  // RFC 9051 section 5.1: INBOX is the one name without case.
  if (levels[0]!.toUpperCase() === 'INBOX') levels[0] = 'INBOX'
  const name = levels.join('/')
  if (Buffer.byteLength(name) > nameBounds.bytes || folderOf(name).length > nameBounds.folderBytes) {
    refuse('the mailbox name is too long')
  }
  return name
}

export const parentOf = (name: string): string | null => {
  const at = name.lastIndexOf('/')
  return at === -1 ? null : name.slice(0, at)
}

/** A user's folder is named as the address; whatever could be a path is refused. */
export const checkedUser = (user: string): string => {
  if (!/^[^\s/\\\0.][^\s/\\\0]{0,250}$/.test(user) || user !== user.toLowerCase()) {
    throw new StoreError('cannot', 'not a user name')
  }
  return user
}
