// RFC 9051 section 6.3.12, with MULTIAPPEND (RFC 3502), literal8 of BINARY (RFC 3516 section 4.4) and UTF8 literals
// (RFC 6855 section 4). UIDPLUS: APPENDUID (RFC 4315).
import type { NewMessage } from '../../store/contract'
import { define, no, ok, signedIn, type Reply } from '../command'
import { readDateTime } from '../grammar/dates'
import { readFlagList } from '../grammar/flags'
import { writeSet } from '../grammar/set'
import { readMailbox } from '../grammar/utf7'
import type { Session } from '../session'
import type { Literal } from '../wire/literal'
import type { Scanner } from '../wire/scanner'

export interface AppendWish {
  name: string
  messages: NewMessage[]
}

const sourceOf = (literal: Literal): NewMessage['source'] =>
  literal.file ? { file: literal.file } : (literal.bytes ?? Buffer.alloc(0))

const readData = (scanner: Scanner): Literal => {
  if (!scanner.takeWord('UTF8')) return scanner.literal() ?? scanner.fail('a literal')
  scanner.space()
  scanner.expect('(')
  const literal = scanner.literal() ?? scanner.fail('a literal')
  scanner.expect(')')
  return literal
}

/** Optional flags, optional date, the message. */
export const readMessage = (scanner: Scanner): NewMessage => {
  const flags = scanner.next('(') ? readFlagList(scanner) : null
  if (flags) scanner.space()
  const internalDate = scanner.next('"') ? readDateTime(scanner) : null
  if (internalDate) scanner.space()
  const literal = readData(scanner)
  // RFC 3502 section 6.3.11: a literal of no bytes takes the command back.
  if (literal.size === 0) scanner.fail('a message that is not empty')
  return { source: sourceOf(literal), flags: flags ?? [], ...(internalDate ? { internalDate } : {}) }
}

const readAppend = (scanner: Scanner, session: Session): AppendWish => {
  scanner.space()
  const name = readMailbox(scanner, session.nameForm)
  const messages: NewMessage[] = []
  while (scanner.take(' ')) messages.push(readMessage(scanner))
  scanner.end()
  return messages.length > 0 ? { name, messages } : scanner.fail('a message')
}

const enter = async (session: Session, { name, messages }: AppendWish): Promise<Reply> => {
  const target = session.mail.mailbox(name)
  // RFC 9051 section 6.3.12: the client may create it and try again.
  if (!target?.selectable) return no('there is no such mailbox', 'TRYCREATE')
  const { uidValidity, uids } = await session.mail.append(target.id, messages)
  return ok('stored', `APPENDUID ${uidValidity} ${writeSet(uids)}`)
}

export const append = define({
  name: 'APPEND',
  states: signedIn,
  capabilities: ['UIDPLUS', 'MULTIAPPEND'],
  literals: 'whole messages',
  parse: readAppend,
  run: enter,
})
