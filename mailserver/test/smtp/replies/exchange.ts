// What a client says and what it hears, as data: the same lines to our doors and to Debian's Postfix. Replies are compared
// by code and enhanced status, not by their words. Where the two differ, the exchange says why.
import { expect } from 'vitest'
import { dialog, greeted, type Dialog } from '../../support/dialog'

/** Said, and what must answer it; `null` says nothing and waits for one more reply. */
export type Turn = readonly [say: string | null, expected: RegExp]

export interface Exchange {
  name: string
  rfc: string
  /** Said in turn; a line without an answer expects 250. `{PLAIN}` and its like stand for alice's answers in base64. */
  lines: (string | Turn)[]
  /** How far the dialogue has come when the first line is said; EHLO (LHLO at the LMTP door), where nothing is named. */
  start?: 'connected' | 'greeting' | 'EHLO' | 'TLS' | 'signed in'
  postfix?: { differs: string; lines: Turn[] }
}

/** A door of ours or of a peer, and how this client comes to it. */
export interface Place {
  door: number | string
  password: string
  tls?: 'from the start'
  hello?: 'LHLO'
  /** The address that a proxy names. */
  client?: string
}

const alice = 'alice@posthorn.test'
const base64 = (text: string) => Buffer.from(text).toString('base64')

const said = (line: string, secret: string) => {
  const words: Record<string, string> = {
    PLAIN: `\0${alice}\0${secret}`,
    WRONG: `\0${alice}\0not ${secret}`,
    ANOTHER: `bob@posthorn.test\0${alice}\0${secret}`,
    CONTROL: `${alice}\u0001`,
    NAME: alice,
    SECRET: secret,
  }
  return line.replace(/\{([A-Z]+)\}/g, (_, word: string) => base64(words[word] ?? ''))
}

const encrypted = async ({ door, tls }: Place): Promise<Dialog> => {
  if (tls) return greeted(Number(door), { tls })
  const talk = await greeted(Number(door))
  expect(await talk.say('STARTTLS')).toMatch(/^220/)
  await talk.startTls()
  await talk.say('EHLO client.example')
  return talk
}

const begin = async (place: Place, start: Exchange['start'] = 'EHLO'): Promise<Dialog> => {
  if (start === 'TLS' || start === 'signed in') {
    const talk = await encrypted(place)
    if (start === 'signed in')
      expect(await talk.say(said('AUTH PLAIN {PLAIN}', place.password))).toMatch(/^235/)
    return talk
  }
  const talk = await dialog(place.door, place.client ? { client: place.client } : {})
  if (start === 'connected') return talk
  expect(await talk.reply()).toMatch(/^220/)
  if (start === 'EHLO')
    expect(await talk.say(`${place.hello ?? 'EHLO'} client.example`), 'the greeting').toMatch(/^250/)
  return talk
}

/** A reply, and what it answered. */
export type Heard = readonly [say: string, reply: string]

/** Holds the whole exchange; answers what was heard. */
export const converse = async (
  place: Place,
  { start }: Pick<Exchange, 'start'>,
  lines: Exchange['lines'],
): Promise<Heard[]> => {
  const talk = await begin(place, start)
  const heard: Heard[] = []
  try {
    for (const line of lines) {
      const [say, expected] = typeof line === 'string' ? [line, /^250/] : line
      const reply = await (say === null ? talk.reply() : talk.say(said(say, place.password)))
      heard.push([say ?? '', reply])
      expect(reply, (say ?? '').slice(0, 80)).toMatch(expected)
    }
  } finally {
    talk.end()
  }
  return heard
}
