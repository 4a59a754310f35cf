// The dialogs: files of cases, each a conversation that one RFC paragraph demands.
//
//   === RFC 9051 section 6.3.11: STATUS counts without selecting      a case, named after its paragraph
//   fresh                       no sign-in on connection 1
//   mail plain \Seen @05-Jan-2020   appends a message of messages.ts to INBOX before the conversation
//   given four                  the steps of that name in messages.ts
//   needs NOTIFY                a server that does not offer it is not asked
//   differs RFC 9051 section …  Dovecot answers otherwise, and why ours is the RFC's answer; held to be true
//   > STATUS INBOX (MESSAGES)   a command (the tag is added); 2> for the second connection
//   >> DONE                     a raw line
//   + …                         a continuation request comes
//   < * STATUS INBOX (…)        among what is told before the tagged reply; `…` is anything
//   < * 2 EXPUNGE || * 3 EXPUNGE   either of them
//   !< * … EXPUNGE              nothing of the kind is told
//   OK [READ-WRITE] …           the tagged reply
//   ~ * 1 EXISTS                is told without a command, now or soon
//   closed                      the server closes
// In what is sent, USER, PASSWORD and the words of `large` in messages.ts are filled in, {{text}} becomes a literal {n+}, and \r \n \t \0 \xff their bytes. Quotes around INBOX do not matter.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { large, messages, setups } from './messages'
import { Wire } from './wire'

export interface Case {
  name: string
  steps: string[]
  /** Extensions without which the conversation cannot be had. */
  needs: string[]
  /** The paragraph by which ours is right where Dovecot differs, or null. */
  differs: string | null
}

export interface Target {
  host: string
  port: number
  newUser(): Promise<string>
  password: string
  /** How long an answer may take, in milliseconds. */
  patience?: number
}

export const dialogFolder = fileURLToPath(new URL('../dialogs/', import.meta.url))
export const dialogFiles = readdirSync(dialogFolder).filter((name) => name.endsWith('.txt'))

const paragraph = /^RFC \d+ (section|appendix) [\dA-Z]/

const expand = (step: string): string[] => {
  if (!step.startsWith('given ')) return [step]
  const steps = setups[step.slice(6)]
  if (!steps) throw new Error(`nothing is known of "${step}"`)
  return steps
}

const readCase = (text: string): Case => {
  const [name = '', ...lines] = text.split('\n').map((line) => line.trimEnd())
  const steps = lines.filter((step) => step !== '' && !step.startsWith('#')).flatMap(expand)
  const of = (word: string) =>
    steps.filter((step) => step.startsWith(`${word} `)).map((step) => step.slice(word.length + 1))
  const differs = of('differs')[0] ?? null
  for (const cited of [name, ...(differs === null ? [] : [differs])]) {
    if (!paragraph.test(cited)) throw new Error(`"${cited}" names no paragraph of an RFC`)
  }
  const talk = steps.filter((step) => !/^(needs|differs) /.test(step))
  return { name, steps: talk, needs: of('needs'), differs }
}

export const readCases = (file: string): Case[] =>
  readFileSync(file, 'utf8').split(/^=== /m).slice(1).map(readCase)

const unescape = (text: string): string =>
  text
    .replace(/\\r/g, '\r')
    .replace(/\\n/g, '\n')
    .replace(/\\t/g, '\t')
    .replace(/\\0/g, '\0')
    .replace(/\\x([0-9a-f]{2})/g, (_all, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replace(/\{\{([\s\S]*?)\}\}/g, (_all, inner: string) => `{${inner.length}+}\r\n${inner}`)

/** Quotes that a server may leave out, and \Recent, which RFC 9051 dropped, make no difference. */
const plainly = (text: string): string =>
  text.replace(/"(INBOX|[A-Za-z0-9/_.&-]+)"/g, '$1').replace(/(?<=FETCH[\s\S]*)(?: \\Recent|\\Recent ?)/g, '')

const wildcard = (pattern: string): string =>
  pattern
    .split('…')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[\\s\\S]*')

const matcher = (pattern: string): RegExp =>
  new RegExp(`^(?:${plainly(unescape(pattern)).split(' || ').map(wildcard).join('|')})$`, 'i')

class Conversation {
  private readonly wires = new Map<string, Wire>()
  private user = ''
  private readonly pending = new Map<Wire, string>()
  private last: Wire | null = null
  private told: string[] | null = null
  private reply = ''

  constructor(private readonly target: Target) {}

  async open(steps: readonly string[]): Promise<void> {
    this.user = await this.target.newUser()
    const letters = steps.filter((each) => each.startsWith('mail '))
    const first = steps.includes('fresh') ? await this.greeted() : await this.signedIn()
    for (const letter of letters) await this.deliver(first, letter.slice(5))
    this.wires.set('1', first)
  }

  async take(step: string): Promise<void> {
    const sending = /^(\d?)> ([\s\S]*)$/.exec(step)
    const [word = ''] = step.split(' ', 1)
    if (step === 'fresh' || word === 'mail') return
    if (sending) return this.send(sending[1] || '1', sending[2] as string)
    const rest = step.slice(word.length + 1)
    if (word === '>>') return this.sendRaw(rest)
    if (word === '+') return this.continuation(rest)
    if (/^\d?~$/.test(word)) return this.unasked(word.slice(0, -1) || '1', rest)
    if (word === 'closed') return this.closed()
    await this.finish()
    if (word === '<')
      return void expect(this.told?.map(plainly)).toContainEqual(expect.stringMatching(matcher(rest)))
    if (word === '!<') {
      return void expect(this.told?.map(plainly)).not.toContainEqual(expect.stringMatching(matcher(rest)))
    }
    if (['OK', 'NO', 'BAD'].includes(word)) {
      const openEnded = step.split(' || ').map((each) => `${each}…`)
      return void expect(this.reply).toMatch(matcher(openEnded.join(' || ')))
    }
    throw new Error(`not a step: ${step}`)
  }

  /** What the last command was told, for the sentence a failure is explained with. */
  get heard(): string {
    return JSON.stringify([...(this.told ?? []), this.reply])
  }

  end(): void {
    for (const wire of this.wires.values()) wire.close()
  }

  private async greeted(): Promise<Wire> {
    const wire = await Wire.open(this.target)
    this.told = [(await wire.line()) ?? '']
    return wire
  }

  private async signedIn(): Promise<Wire> {
    const wire = await this.greeted()
    const { reply } = await wire.command(`LOGIN ${this.user} ${this.target.password}`)
    expect(reply).toMatch(/^OK/)
    return wire
  }

  private async deliver(wire: Wire, step: string): Promise<void> {
    const [name = '', ...more] = step.split(' ')
    const message = messages[name]
    if (message === undefined) throw new Error(`no message ${name}`)
    const days = more
      .filter((word) => word.startsWith('@'))
      .map((word) => ` "${word.slice(1)} 12:00:00 +0000"`)
    const flags = more.filter((word) => !word.startsWith('@'))
    const text = `APPEND INBOX (${flags.join(' ')})${days.join('')} {${message.length}+}\r\n${message}`
    expect((await wire.command(text)).reply).toMatch(/^OK/)
  }

  private async wire(name: string): Promise<Wire> {
    const known = this.wires.get(name)
    if (known) return known
    const wire = await this.signedIn()
    this.wires.set(name, wire)
    return wire
  }

  private async sendRaw(text: string): Promise<void> {
    this.last = await this.wire('1')
    this.last.send(`${unescape(text)}\r\n`)
  }

  private async send(name: string, text: string): Promise<void> {
    const wire = await this.wire(name)
    this.last = wire
    if (this.pending.has(wire)) await this.finish()
    const words: Record<string, string> = { ...large, USER: this.user, PASSWORD: this.target.password }
    const filled = text.replace(/\b[A-Z]{4,}\b/g, (word) => words[word] ?? word)
    this.pending.set(wire, wire.begin(unescape(filled)))
  }

  private async finish(): Promise<void> {
    const tag = this.last && this.pending.get(this.last)
    if (!this.last || !tag) return
    this.pending.delete(this.last)
    const { told, reply } = await this.last.untilReply(tag)
    this.told = told
    this.reply = reply
  }

  private async continuation(rest: string): Promise<void> {
    const line = await (await this.wire('1')).line()
    expect(line).toMatch(matcher(`+ ${rest || '…'}`))
  }

  private async unasked(name: string, pattern: string): Promise<void> {
    const wire = await this.wire(name)
    const wanted = matcher(pattern)
    for (;;) {
      const line = await wire.line()
      if (line === null) throw new Error(`closed before ${pattern}`)
      if (wanted.test(plainly(line))) return
    }
  }

  private async closed(): Promise<void> {
    const wire = await this.wire('1')
    while ((await wire.line()) !== null);
  }
}

export const hold = async (target: Target, { steps }: Case): Promise<void> => {
  const conversation = new Conversation(target)
  try {
    await conversation.open(steps)
    for (const step of steps) {
      try {
        await conversation.take(step)
      } catch (error) {
        if (error instanceof Error)
          error.message = `at "${step}": ${error.message}\n${conversation.heard.slice(0, 2000)}`
        throw error
      }
    }
  } finally {
    conversation.end()
  }
}

/** What the server says it can do, once somebody has signed in. */
export const offeredBy = async (target: Target): Promise<ReadonlySet<string>> => {
  const wire = await Wire.open(target)
  await wire.line()
  await wire.command(`LOGIN ${await target.newUser()} ${target.password}`)
  const { told } = await wire.command('CAPABILITY')
  wire.close()
  const names = told.flatMap((line) => line.split(' '))
  return new Set([...names, ...names.map((name) => name.replace(/=.*/, ''))])
}
