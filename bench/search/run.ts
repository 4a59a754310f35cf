// Looking for mail, by requests and without a browser: ours and Roundcube on one Dovecot, beside what its SEARCH itself
// takes, and ours on its own server. One of each in turn, each round with another word, so that no answer is kept.
import type { MailSystem } from '../../e2e/servers'
import { startDebian } from '../../e2e/servers/debian'
import { fillMaildirs } from '../../e2e/servers/maildir'
import { openMailbox } from '../../e2e/servers/mailbox'
import { posthornMaildir, startPosthorn } from '../../e2e/servers/posthorn'
import { testUsers } from '../../e2e/servers/users'
import { visitorOf } from '../../e2e/servers/visitor'
import { startWeb } from '../../e2e/servers/web'
import { letters, rareWord, rarity } from '../imap/content'
import { signIn } from '../imap/walks'
import type { Measured } from '../report'
import { startRoundcube, whyNoRoundcube } from '../servers/roundcube'
import { enterRoundcube } from '../web/load'

export interface SearchBench {
  messages: number
  rounds: number
}

const kinds = ['subject', 'text', 'all folders'] as const
type Kind = (typeof kinds)[number]

interface Took {
  /** Until the first hits are there; who tells everything at once has no other. */
  first: number
  whole: number
  hits: number
}
type Find = (kind: Kind, word: string) => Promise<Took>

const older = 'Older'
const newest = 50

/** What the interface itself asks: lines of JSON, as folders answer. */
const posthornFinder = async (web: { url: string }): Promise<Find> => {
  const visitor = visitorOf(web)
  const { status } = await visitor.signIn(testUsers.alice)
  if (status !== 200) throw new Error(`sign-in was answered with ${status}`)
  return async (kind, word) => {
    const asked = new URLSearchParams({
      q: kind === 'subject' ? `subject:${word}` : word,
      folder: kind === 'all folders' ? 'everywhere' : 'inbox',
      limit: String(newest),
    })
    const began = performance.now()
    const headers = { cookie: visitor.cookie(), 'x-posthorn': '1' }
    const answer = await fetch(`${web.url}/api/accounts/0/search/stream?${asked}`, { headers })
    let [text, first] = ['', NaN]
    const decoder = new TextDecoder()
    for await (const bytes of answer.body ?? []) {
      text += decoder.decode(bytes as Uint8Array, { stream: true })
      if (Number.isNaN(first) && text.includes('"hits":[{')) first = performance.now() - began
    }
    const whole = performance.now() - began
    const last = JSON.parse(text.trimEnd().split('\n').at(-1) ?? '{}') as { total?: number }
    return { first, whole, hits: last.total ?? 0 }
  }
}

const roundcubeFinder = async (roundcube: { url: string }): Promise<Find> => {
  const { ask, headers } = await enterRoundcube(roundcube, testUsers.alice)
  return async (kind, word) => {
    const asked = new URLSearchParams({
      _task: 'mail',
      _action: 'search',
      _mbox: 'INBOX',
      _q: word,
      _headers: kind === 'subject' ? 'subject' : 'text',
      _scope: kind === 'all folders' ? 'all' : 'base',
      _filter: 'ALL',
      _remote: '1',
    })
    const began = performance.now()
    let { text } = await ask(`?${asked}`, { headers })
    // It stops by itself after a while and wants to be asked on.
    for (let more = /continue_search\("?([\w]+)/.exec(text)?.[1]; more;) {
      asked.set('_continue', more)
      ;({ text } = await ask(`?${asked}`, { headers }))
      more = /continue_search\("?([\w]+)/.exec(text)?.[1]
    }
    const whole = performance.now() - began
    return { first: whole, whole, hits: [...text.matchAll(/add_message_row\(/g)].length }
  }
}

/** The server's own SEARCH with the same keys, on a connection that has the mailbox open. */
const dovecotFinder = async ({ imap }: MailSystem): Promise<Find> => {
  const connection = await signIn({ port: imap.port, user: testUsers.alice })
  return async (kind, word) => {
    const keys =
      kind === 'subject'
        ? `SUBJECT ${word}`
        : `OR (OR (FROM ${word}) (TO ${word})) (OR (CC ${word}) (OR (SUBJECT ${word}) (BODY ${word})))`
    let [whole, hits] = [0, 0]
    for (const folder of kind === 'all folders' ? ['INBOX', older] : ['INBOX']) {
      await connection.time(`SELECT ${folder}`)
      const began = performance.now()
      hits += [...(await connection.ask(`UID SEARCH ${keys}`)).matchAll(/(?<=SEARCH[ \d]*) \d+/g)].length
      whole += performance.now() - began
    }
    return { first: whole, whole, hits }
  }
}

/** A second folder, so that "all folders" are several. */
const addOlder = async (system: MailSystem, messages: number): Promise<void> => {
  const { client, close } = await openMailbox(system, testUsers.alice)
  await client.mailboxCreate(older)
  const lock = await client.getMailboxLock('INBOX')
  await client.messageCopy(`1:${Math.ceil(messages / 10)}`, older)
  lock.release()
  await close()
}

const startOwn = (messages: number) =>
  startPosthorn({
    prepare: (home) => fillMaildirs([posthornMaildir(home, testUsers.alice)], letters(messages)),
  })

const gather = (into: Measured, kind: Kind, { first, whole }: Took) => {
  ;(into[`${kind}, whole`] ??= []).push(whole)
  ;(into[`${kind}, first hits`] ??= []).push(first)
}

/** Words that stand in a subject, too: in a small mailbox not every one does. */
const wordsFound = async (find: Find, count: number): Promise<string[]> => {
  const words: string[] = []
  for (let group = 1; group < rarity && words.length < count; group++)
    if ((await find('subject', rareWord(group))).hits > 0) words.push(rareWord(group))
  return words
}

interface Comparison {
  finders: Record<string, Find>
  words: readonly string[]
  rounds: number
}

/** As many as somebody looks for in a morning. */
const morning = 40

/**
 * A server runs for weeks: in its first searches ours has not yet compiled what they do, and PHP has not cached what it is
 * made of. Dovecot reads every body at each word: subjects are enough for what stands in front of it.
 */
const warm = async ({ finders, words }: Pick<Comparison, 'finders' | 'words'>): Promise<void> => {
  for (const [name, find] of Object.entries(finders))
    for (let n = 0; n < morning; n++) {
      const kind = name === 'own server' ? kinds[n % kinds.length] : undefined
      await find(kind ?? 'subject', words[n % words.length] ?? '')
    }
}

const compare = async ({ finders, words, rounds }: Comparison): Promise<Record<string, Measured>> => {
  const measured = Object.fromEntries(Object.keys(finders).map((name): [string, Measured] => [name, {}]))
  for (let round = 0; round <= rounds; round++)
    for (const [at, kind] of kinds.entries())
      for (const [name, find] of Object.entries(finders)) {
        const took = await find(kind, words[(round * kinds.length + at) % words.length] ?? '')
        if (took.hits === 0) throw new Error(`${name} found nothing: ${kind}`)
        // The first round warms caches and is not counted.
        if (round > 0) gather(measured[name] ?? {}, kind, took)
        else console.log(`${name}, ${kind}, first of all: ${took.whole.toFixed(0)} ms, ${took.hits} hits`)
      }
  return measured
}

export const benchSearch = async ({ messages, rounds }: SearchBench): Promise<Record<string, Measured>> => {
  const why = whyNoRoundcube()
  if (why) console.log(`Roundcube is not measured: ${why}`)
  const debian = await startDebian({ letters: letters(messages) })
  const own = await startOwn(messages)
  const [web, ownWeb] = [await startWeb(debian), await startWeb(own)]
  const roundcube = why ? null : await startRoundcube(debian)
  try {
    for (const system of [debian, own]) await addOlder(system, messages)
    const search = await dovecotFinder(debian)
    const finders = {
      posthorn: await posthornFinder(web),
      ...(roundcube ? { roundcube: await roundcubeFinder(roundcube) } : {}),
      'its SEARCH': search,
      'own server': await posthornFinder(ownWeb),
    }
    const asked = (rounds + 1) * kinds.length
    const found = await wordsFound(search, asked + morning)
    const [words, others] = [found.slice(0, asked), found.slice(asked)]
    // What is measured was not asked for before, where there are words enough.
    await warm({ finders, words: others.length > 0 ? others : words })
    return await compare({ finders, words, rounds })
  } finally {
    await roundcube?.stop()
    for (const one of [web, ownWeb, own, debian]) await one.stop()
  }
}
