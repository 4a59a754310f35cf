// RFC 9051 section 6.3.4, with CREATE-SPECIAL-USE (RFC 6154 section 3) and MAILBOXID (RFC 8474 section 4.2).
import { define, no, ok, signedIn } from '../command'
import { readMailbox } from '../grammar/utf7'
import type { Session } from '../session'
import type { Scanner } from '../wire/scanner'

interface Wish {
  name: string
  uses: string[]
}

const knownUses = ['\\Archive', '\\Drafts', '\\Junk', '\\Sent', '\\Trash']

const readUse = (scanner: Scanner): string => {
  scanner.expect('\\')
  return `\\${scanner.atom('a special use')}`
}

const readWish = (scanner: Scanner, session: Session): Wish => {
  scanner.space()
  const name = readMailbox(scanner, session.nameForm)
  let uses: string[] = []
  if (scanner.take(' ')) {
    scanner.expect('(')
    if (!scanner.takeWord('USE')) scanner.fail('USE')
    scanner.space()
    uses = scanner.list(() => readUse(scanner), { least: 0, most: 10 })
    scanner.expect(')')
  }
  scanner.end()
  return { name, uses }
}

export const create = define({
  name: 'CREATE',
  states: signedIn,
  capabilities: ['CREATE-SPECIAL-USE'],
  parse: readWish,
  run: (session, { name, uses }) => {
    const use = knownUses.find((known) => known.toLowerCase() === uses[0]?.toLowerCase())
    // RFC 6154 section 5.2: one mailbox for one use, or NO [USEATTR].
    if (uses.length > 1 || (uses.length === 1 && !use)) return no('that use cannot be had', 'USEATTR')
    if (use && session.mail.mailboxes().some(({ specialUse }) => specialUse === use)) {
      return no('another mailbox has that use', 'USEATTR')
    }
    // A trailing delimiter announces children to come; the name is without it (RFC 9051 section 6.3.4).
    const row = session.mail.create(name.replace(/\/$/, ''), use)
    return ok('created', `MAILBOXID (${row.mailboxId})`)
  },
})
