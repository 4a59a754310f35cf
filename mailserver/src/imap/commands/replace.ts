// REPLACE (RFC 8508): a message takes the place of another; the old one goes only after the new one is on disk.
import type { NewMessage } from '../../store/contract'
import { bad, define, no, ok, selected, type Reply } from '../command'
import { readMailbox } from '../grammar/utf7'
import type { Session } from '../session'
import type { Scanner } from '../wire/scanner'
import { readMessage } from './append'
import type { By } from './copy'
import { readOnly } from './expunge'

interface Wish {
  number: number
  name: string
  message: NewMessage
}

const readWish = (scanner: Scanner, session: Session): Wish => {
  scanner.space()
  const number = scanner.number32('a message number')
  scanner.space()
  const name = readMailbox(scanner, session.nameForm)
  scanner.space()
  const message = readMessage(scanner)
  scanner.end()
  return { number, name, message }
}

const run =
  (by: By) =>
  async (session: Session, { number, name, message }: Wish): Promise<Reply> => {
    const view = session.selected
    if (view.access === 'read-only') return readOnly()
    const [old] = view.resolve({ saved: false, ranges: [[number, number]] }, by) ?? []
    if (old === undefined)
      return by === 'uid'
        ? no('there is no such message', 'NONEXISTENT')
        : bad('there is no message of that number')
    const target = session.mail.mailbox(name)
    if (!target?.selectable) return no('there is no such mailbox', 'TRYCREATE')
    const { uidValidity, uids } = await session.mail.append(target.id, [message])
    // RFC 8508 section 3.4: the APPENDUID is told before the EXPUNGE.
    session.untagged(`OK [APPENDUID ${uidValidity} ${uids[0]}] stored`)
    const { rows } = await session.mail.setFlags(view.mailbox, [old], { how: 'add', flags: ['\\Deleted'] })
    view.expect(rows)
    await session.mail.expunge(view.mailbox, [old])
    return ok('replaced')
  }

export const replace = define({
  name: 'REPLACE',
  states: selected,
  capabilities: ['REPLACE'],
  literals: 'whole messages',
  parse: readWish,
  run: run('sequence'),
})
export const uidReplace = define({
  name: 'UID REPLACE',
  states: selected,
  literals: 'whole messages',
  parse: readWish,
  run: run('uid'),
})
