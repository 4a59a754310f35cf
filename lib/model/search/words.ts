import { isOperator } from './operators'
import { longestSearch, type SearchProblem } from './query'

export type Word =
  | { type: 'open' | 'close' | 'or' | 'minus'; at: number; length: number }
  | { type: 'text'; text: string; at: number; length: number }
  | { type: 'operator'; name: string; value: string; at: number; length: number; valueAt: number }

type Split = { ok: true; words: Word[] } | { ok: false; problem: SearchProblem }

const closingQuote: Record<string, string> = { '"': '"', '“': '”', '„': '“', '«': '»' }
/** A Japanese keyboard writes its own colon; behind a word that is no operator it is text. */
const operator = /^([a-z_]{2,12})([:：])/i
const isNamed = ([, name = '', colon]: string[]): boolean => colon === ':' || isOperator(name.toLowerCase())

/** Cuts what was typed into words, quotes and parentheses, each with its place. */
export const splitSearch = (typed: string): Split => {
  if (typed.length > longestSearch)
    return {
      ok: false,
      problem: { code: 'too-long', at: longestSearch, length: typed.length - longestSearch },
    }
  const words: Word[] = []
  let at = 0
  while (at < typed.length) {
    const next = readWord(typed, at)
    if (next === null) {
      at += 1
      continue
    }
    if ('code' in next) return { ok: false, problem: next }
    words.push(next)
    at = next.at + next.length
  }
  return { ok: true, words }
}

const readWord = (typed: string, at: number): Word | SearchProblem | null => {
  const first = typed.charAt(at)
  if (/\s/.test(first)) return null
  if (first === '(') return { type: 'open', at, length: 1 }
  if (first === ')') return { type: 'close', at, length: 1 }
  if (first === '-' && /[^\s)-]/.test(typed.charAt(at + 1))) return { type: 'minus', at, length: 1 }
  const named = operator.exec(typed.slice(at, at + 13))
  if (named?.[1] && isNamed(named)) return readOperator(typed, at, named[1])
  const value = readValue(typed, at)
  if ('code' in value) return value
  if (value.text === 'OR' && !value.quoted) return { type: 'or', at, length: 2 }
  return { type: 'text', text: value.text, at, length: value.length }
}

const readOperator = (typed: string, at: number, name: string): Word | SearchProblem => {
  const valueAt = at + name.length + 1
  const value = readValue(typed, valueAt)
  if ('code' in value) return value
  const length = name.length + 1 + value.length
  return { type: 'operator', name: name.toLowerCase(), value: value.text, at, length, valueAt }
}

type Value = { text: string; length: number; quoted: boolean }

const readValue = (typed: string, at: number): Value | SearchProblem => {
  const close = closingQuote[typed.charAt(at)]
  if (close === undefined) {
    const text = /^[^\s()]*/.exec(typed.slice(at))?.[0] ?? ''
    return { text, length: text.length, quoted: false }
  }
  const end = typed.indexOf(close, at + 1)
  if (end < 0) return { code: 'open-quote', at, length: typed.length - at }
  return { text: typed.slice(at + 1, end).trim(), length: end + 1 - at, quoted: true }
}
