// Every reply that the source can give: read from the source itself, so that a new one is noticed.
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Given {
  /** As it stands in the source, what is put in shown as `…`. */
  words: string
  where: string
}

const ours = fileURLToPath(new URL('../../../src/smtp', import.meta.url))
const library = dirname(createRequire(import.meta.url).resolve('smtp-server'))

const sources = (folder: string, wanted: (name: string) => boolean): [name: string, text: string][] =>
  readdirSync(folder)
    .filter(wanted)
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')])

const withoutComments = (text: string) => text.replace(/^\s*\/\/.*$/gm, '').replace(/\/\*[^]*?\*\//g, '')

/** Ours are the literals that begin with an enhanced status (RFC 3463). */
const own = (text: string): string[] =>
  Array.from(
    withoutComments(text).matchAll(/(['"`])([245]\.\d{1,3}\.\d{1,3} (?:\\.|(?!\1)[^\\])*)\1/g),
    ([, , words = '']) => words.replace(/\$\{[^}]*\}/g, '…'),
  )

/** Joined literals of an expression, everything else as `…`; the last branch of `typeof … ? … :`. */
const literal = (expression: string): string =>
  expression
    .replace(/typeof [^?]*\?[^:]*:/g, '')
    .replace(/\([^()]*\)/g, 'x')
    .split(/('(?:\\.|[^'\\])*')/)
    .map((part) => (part.startsWith("'") ? part.slice(1, -1) : /[^\s+]/.test(part) ? '…' : ''))
    .join('')

const argument = String.raw`((?:'(?:\\.|[^'\\])*'|\([^()]*\)|[^,;'()])+)`
const places = [
  new RegExp(String.raw`\.send\((?:\d{3}|[\w.]+ \|\| \d{3}), ${argument}[,)]`, 'g'),
  new RegExp(String.raw`\b(?:error|message): ${argument}[,}\n]`, 'g'),
  new RegExp(String.raw`\berror = ${argument};`, 'g'),
]

/** The library's are what it hands to `send`, and what it keeps as an `error` or a `message` until it does. */
const theirs = (text: string): string[] =>
  places
    .flatMap((place) => Array.from(withoutComments(text).matchAll(place), ([, found = '']) => literal(found)))
    .filter((words) => /[a-z]{2}/i.test(words))

export const given = (): Given[] => {
  const all = [
    ...sources(ours, (name) => /^(?!.*\.test\.ts$).*\.ts$/.test(name)).flatMap(([where, text]) =>
      own(text).map((words) => ({ where, words })),
    ),
    ...sources(library, (name) => /^(smtp-connection|smtp-server|sasl)\.js$/.test(name)).flatMap(
      ([where, text]) => theirs(text).map((words) => ({ where: `smtp-server/${where}`, words })),
    ),
  ]
  return [...new Map(all.map((each) => [each.words, each])).values()]
}

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Whether a reply is these words. */
export const says = (words: string, reply: string): boolean =>
  new RegExp(`${words.split('…').map(escape).join('.*')}$`, 'm').test(reply)
