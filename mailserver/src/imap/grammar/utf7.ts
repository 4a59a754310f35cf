// Mailbox names of rev1 on the wire: modified UTF-7 (RFC 3501 section 5.1.3); UTF-8 after ENABLE (RFC 6855).
import { StoreError } from '../../store/contract'
import { Malformed, utf8, type Scanner } from '../wire/scanner'

export const encodeUtf7 = (name: string): string =>
  name.replace(/&|[^\x20-\x7e]+/g, (run) => {
    if (run === '&') return '&-'
    const bytes = Buffer.from(run, 'utf16le').swap16()
    return `&${bytes.toString('base64').replace(/=+$/, '').replaceAll('/', ',')}-`
  })

/** The command is well-formed; it is the name that can never be (RFC 5530 section 3, CANNOT). */
const refused = (): StoreError => new StoreError('cannot', 'the mailbox name is not modified UTF-7')

const decodeRun = (run: string): string => {
  const bytes = Buffer.from(run.replaceAll(',', '/'), 'base64')
  if (bytes.length < 2 || bytes.length % 2 === 1) throw refused()
  return bytes.swap16().toString('utf16le')
}

export const decodeUtf7 = (name: string): string => {
  const text = name.replace(/&([A-Za-z0-9+,]*)(-?)/g, (_whole, run: string, end: string) => {
    if (end === '') throw refused()
    return run === '' ? '&' : decodeRun(run)
  })
  // A lone surrogate has no UTF-8 form.
  if (/\p{Surrogate}/u.test(text)) throw refused()
  // One name has one spelling, else two clients would see two folders (RFC 3501 section 5.1.3).
  if (encodeUtf7(text) !== name) throw refused()
  return text
}

export type NameForm = 'utf7' | 'utf8'

/** A pattern or name as sent, in UTF-8; clients that write raw UTF-8 without asking are understood. */
export const decodeName = (bytes: string, form: NameForm): string => {
  if (form === 'utf8' || /[\x80-\xff]/.test(bytes)) return utf8(bytes)
  return decodeUtf7(bytes)
}

export const readMailbox = (scanner: Scanner, form: NameForm): string => {
  const name = decodeName(scanner.astring('a mailbox name'), form)
  if (/[\x00-\x1f\x7f]/.test(name)) throw new Malformed('the mailbox name holds control characters')
  return name.toUpperCase() === 'INBOX' ? 'INBOX' : name
}

export const quote = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`

export const writeMailbox = (name: string, form: NameForm): string =>
  quote(form === 'utf8' ? name : encodeUtf7(name))
