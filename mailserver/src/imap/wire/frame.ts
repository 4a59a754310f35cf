// From bytes to one whole command: its line, its literals, the lines between them (RFC 9051 sections 2.2.1, 4.3).
// Whether a literal is worth reading is decided before it is asked for.
import type { Intake } from './intake'
import { literalHeader, readLiteral, type Literal, type LiteralHeader } from './literal'
import { discardLiterals } from './literal'

export type Frame =
  | { kind: 'command'; tag: string; text: string; literals: Literal[] }
  | { kind: 'refused'; tag: string; status: 'NO' | 'BAD'; reason: string }
  | { kind: 'fatal'; reason: string }
  | { kind: 'end' }

export interface FrameRules {
  lineLimit: number
  /** Where large literals go. */
  folder: string
  /** Null when a literal of that size may come after this beginning of a command, else the refusal. */
  literal(beginning: string, literal: LiteralHeader, earlier: readonly Literal[]): Refusal | null
  /** Sends the continuation request, once nothing else is being written. */
  goAhead(): Promise<void>
}

export interface Refusal {
  status: 'NO' | 'BAD'
  reason: string
}

const mostSwallowed = 128 * 1024 * 1024
const tagPattern = /^([^\x00-\x20\x7f-\xff(){%*"\\+]+) /

export const tagOf = (text: string): string => tagPattern.exec(`${text} `)?.[1]?.slice(0, 256) ?? '*'

export const readFrame = async (intake: Intake, rules: FrameRules): Promise<Frame> => {
  let text = ''
  const literals: Literal[] = []
  const refuse = async (refusal: Refusal, from = text): Promise<Frame> => {
    await discardLiterals(literals)
    return { kind: 'refused', tag: tagOf(from), ...refusal }
  }
  for (;;) {
    const line = await intake.line(rules.lineLimit)
    if (line.kind === 'end') return discardLiterals(literals).then(() => ({ kind: 'end' }))
    if (line.kind === 'too-long')
      return refuse({ status: 'BAD', reason: 'the line is too long' }, text || line.beginning)
    text += line.text
    if (text.length > rules.lineLimit) return refuse({ status: 'BAD', reason: 'the command is too long' })
    const header = literalHeader(line.text)
    if (!header) return { kind: 'command', tag: tagOf(text), text, literals }
    const refusal = rules.literal(text, header, literals)
    if (refusal && header.waits) return refuse(refusal)
    if (refusal) {
      const rest = await swallow(intake, header, rules)
      await discardLiterals(literals)
      return rest ?? { kind: 'refused', tag: tagOf(text), ...refusal }
    }
    if (header.waits) await rules.goAhead()
    const literal = await readLiteral(intake, header, rules.folder)
    if (!literal) return discardLiterals(literals).then(() => ({ kind: 'end' }))
    literals.push(literal)
    text += '\r\n'
  }
}

/**
 * RFC 7888 section 4: a literal that the client sends unasked and that we refuse is read and thrown away with the
 * rest of its command, or, when it is out of all proportion, ends the connection.
 */
const swallow = async (intake: Intake, first: LiteralHeader, rules: FrameRules): Promise<Frame | null> => {
  let header: LiteralHeader | null = first
  let total = 0
  while (header) {
    total += header.size
    if (total > mostSwallowed) return { kind: 'fatal', reason: 'the literal is too large' }
    if (!(await intake.pour(header.size, () => undefined))) return { kind: 'end' }
    const line = await intake.line(rules.lineLimit)
    if (line.kind === 'end') return { kind: 'end' }
    header = line.kind === 'line' ? literalHeader(line.text) : null
    // The client waits for a go-ahead that never comes: the refusal is its answer.
    if (header?.waits) return null
  }
  return null
}
