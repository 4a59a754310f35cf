import 'server-only'
import type { ImapFlow } from 'imapflow'
import { type Answer, withoutLongSets } from './long-sets'
import { type Fetched, readFetch } from './quick-fetch'

// The only file that knows imapflow's inside: `exec`, the handlers of untagged data, and the shape of what
// its parser gives. An upgrade must pass quick-fetch.test.ts and long-sets.test.ts. Everything above works with
// `Token`, so that foreign shapes end here.

/** NIL, a list, or text; a literal comes as its bytes. */
export type Token = null | Token[] | TokenText
export interface TokenText {
  type: string
  value?: string | Buffer | null
  section?: Token[]
  partial?: number[]
}

export interface Untagged {
  /** The word of the response: FETCH, EXISTS, LIST … */
  name: string
  /** The number before it, as in `12 EXISTS`; 0 when there is none. */
  number: number
  tokens: Token[]
}

export interface Tagged {
  /** The response code, such as COPYUID, and what follows it inside the brackets. */
  code: string
  codeTokens: Token[]
}

interface Parsed {
  tag?: string
  command?: string
  attributes?: Token[]
}
type UntaggedHandler = (parsed: Parsed) => Promise<void>
interface Inside {
  exec(
    command: string,
    attributes: Token[] | false,
    options: { untagged?: Record<string, UntaggedHandler>; onPlusTag?: () => Promise<void> },
  ): Promise<{ response: Parsed; next: () => void }>
  write(line: string): void
  handleResponse(answer: Answer): Promise<boolean>
  getUntaggedHandler(command: string, attributes: Token[]): UntaggedHandler | undefined
  untaggedHandlers: Record<string, UntaggedHandler | null>
}

const inside = (client: ImapFlow): Inside => client as unknown as Inside

export const atom = (value: string | number): TokenText => ({ type: 'ATOM', value: String(value) })
export const sequence = (value: string): TokenText => ({ type: 'SEQUENCE', value })
/** As a literal where quoting could not carry it (RFC 9051 section 4.3: no CR, LF or 8-bit in quoted). */
export const text = (value: string): TokenText =>
  /^[\x20-\x7e]*$/.test(value) ? { type: 'STRING', value } : { type: 'LITERAL', value: Buffer.from(value) }

export const isList = (token: Token | undefined): token is Token[] => Array.isArray(token)

export const stringOf = (token: Token | undefined): string => {
  if (!token || isList(token) || token.value == null) return ''
  return typeof token.value === 'string' ? token.value : token.value.toString('utf8')
}

/** The bytes as the server sent them; a quoted string was read as UTF-8 by the parser. */
export const bytesOf = (token: Token | undefined): Buffer | null => {
  if (!token || isList(token) || token.value == null) return null
  return typeof token.value === 'string' ? Buffer.from(token.value) : token.value
}

export const numberOf = (token: Token | undefined): number => {
  const digits = stringOf(token)
  return /^\d{1,15}$/.test(digits) ? Number(digits) : 0
}

/** Of SEARCH and SORT, told one by one or as one long literal (long-sets.ts). */
export const numbersIn = (tokens: readonly Token[]): number[] => {
  const numbers: number[] = []
  for (const token of tokens)
    if (token && !isList(token) && Buffer.isBuffer(token.value)) {
      for (const word of token.value.toString('latin1').split(' '))
        if (/^\d{1,15}$/.test(word)) numbers.push(Number(word))
    } else if (numberOf(token)) numbers.push(numberOf(token))
  return numbers
}

/** As the library passes an answer on that it has read itself; a listener that fails ends nothing but its own work. */
const passOn = async (library: Inside, { number, tokens }: Fetched): Promise<boolean> => {
  const parsed: Parsed = { tag: '*', command: String(number), attributes: tokens }
  await library
    .getUntaggedHandler(
      String(number),
      tokens,
    )?.(parsed)
    .catch(() => undefined)
  return true
}

/** Before anything is heard on this connection. */
export const easeReading = (client: ImapFlow): void => {
  const library = inside(client)
  const handle = library.handleResponse.bind(client)
  library.handleResponse = (answer) => {
    const fetched = readFetch(answer.payload, answer.literals)
    return fetched ? passOn(library, fetched) : handle(withoutLongSets(answer))
  }
}

/** The library knows sets as text only. */
const asText = ({ attributes = [] }: Parsed): void => {
  const last = attributes.at(-1)
  if (last && !isList(last) && Buffer.isBuffer(last.value)) last.value = last.value.toString('latin1')
}

const untaggedOf = (parsed: Parsed): Untagged => {
  const tokens = parsed.attributes ?? []
  const command = parsed.command ?? ''
  if (!/^\d{1,10}$/.test(command)) return { name: command.toUpperCase(), number: 0, tokens }
  return { name: stringOf(tokens[0]).toUpperCase(), number: Number(command), tokens: tokens.slice(1) }
}

const taggedOf = (parsed: Parsed): Tagged => {
  const first = parsed.attributes?.[0]
  const section = first && !isList(first) ? (first.section ?? []) : []
  return { code: stringOf(section[0]).toUpperCase(), codeTokens: section.slice(1) }
}

export type Listener = (untagged: Untagged) => void

interface Command {
  name: string
  args?: Token[]
  on?: Record<string, Listener>
}

/** One command; what it brings goes to `on` by name, the rest to the listeners of the connection. */
export const execute = async (client: ImapFlow, { name, args, on = {} }: Command): Promise<Tagged> => {
  const untagged: Record<string, UntaggedHandler> = {}
  for (const [word, listen] of Object.entries(on))
    untagged[word] = async (parsed) => listen(untaggedOf(parsed))
  const { response, next } = await inside(client).exec(name, args?.length ? args : false, { untagged })
  next()
  return taggedOf(response)
}

export interface Idling {
  /** Ends IDLE; the promise is of the command itself. */
  done(): void
  ended: Promise<void>
}

/** RFC 2177. `listening` is called once the server has said that it will tell. */
export const startIdle = (client: ImapFlow, listening: () => void): Idling => {
  let state: 'asked' | 'listening' | 'done' = 'asked'
  let wanted = false
  const finish = () => {
    if (state !== 'listening') return
    state = 'done'
    inside(client).write('DONE')
  }
  const onPlusTag = async () => {
    if (state !== 'asked') return
    state = 'listening'
    listening()
    if (wanted) finish()
  }
  const ended = inside(client)
    .exec('IDLE', false, { onPlusTag })
    .then(({ next }) => next())
  return {
    done: () => {
      wanted = true
      finish()
    },
    ended,
  }
}

/** What the server says on its own account, between commands or amid those that do not ask for it. */
export const listen = (client: ImapFlow, words: string[], listener: Listener): void => {
  for (const word of words) {
    const before = inside(client).untaggedHandlers[word]
    inside(client).untaggedHandlers[word] = async (parsed) => {
      if (word === 'VANISHED') asText(parsed)
      await before?.(parsed)
      listener(untaggedOf(parsed))
    }
  }
}
