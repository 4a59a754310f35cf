// Every language is complete by its type; here it is shown to be that language.
import { expect, test } from 'vitest'
import { wordsFor } from './all'
import { later as ar } from './ar/later'
import { later as de } from './de/later'
import { later as en } from './en/later'
import { later as ja } from './ja/later'
import { longer } from './pseudo/longer'
import type { spoken } from './languages'

const laters = { en, de, ja, ar }

type Leaf = [path: string, words: unknown]

const leaves = (value: unknown, path = ''): Leaf[] =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.entries(value).flatMap(([name, one]) => leaves(one, `${path}.${name}`))
    : [[path, value]]

const all = (language: (typeof spoken)[number]): Leaf[] => [
  ...leaves(wordsFor(language)),
  ...leaves(laters[language]),
]
const texts = (language: (typeof spoken)[number]): [string, string][] =>
  all(language).filter((leaf): leaf is [string, string] => typeof leaf[1] === 'string')

/** Names, formats and marks that every language writes alike. */
const alike = /^(|Posthorn|PDF|OpenPGP|S\/MIME|Cc|Bcc|Message-ID|[ ,、،]+)$/
/** German words that English has too. */
const german =
  /^(Text|Name|Filter|Label|Labels|Code|Link|Web|Normal|Emoji|Orange|Organisation|Details|Version|Posthorn|Identitäten)$/

test.each(['de', 'ja', 'ar'] as const)('%s names what English names, and nothing else', (language) => {
  expect(
    all(language)
      .map(([path]) => path)
      .sort(),
  ).toEqual(
    all('en')
      .map(([path]) => path)
      .sort(),
  )
})

test('no German word was left in English', () => {
  const english = new Map(texts('en'))
  const left = texts('de').filter(
    ([path, words]) => words === english.get(path) && !alike.test(words) && !german.test(words),
  )
  expect(left).toEqual([])
})

test.each([
  ['ja', /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]/u],
  ['ar', /\p{sc=Arabic}/u],
] as const)('every text in %s is written in its script', (language, script) => {
  const strange = texts(language).filter(([, words]) => !script.test(words) && !alike.test(words))
  expect(strange).toEqual([])
})

/** A thing has one name: these were its second. */
const secondNames = {
  de: /Kennwort|Email|E-mail/,
  ja: /サインイン|サインアウト|ブラウザー|フォルダー/,
  ar: /ايميل|إيميل/,
}

test.each(['de', 'ja', 'ar'] as const)('%s calls a thing by one name', (language) => {
  expect(texts(language).filter(([, words]) => secondNames[language].test(words))).toEqual([])
})

test('languages count as they do', () => {
  const counted = (language: (typeof spoken)[number]) =>
    [0, 1, 2, 3, 11, 100].map((count) => wordsFor(language).list.count(count))
  expect(counted('en')).toEqual([
    '0 messages',
    '1 message',
    '2 messages',
    '3 messages',
    '11 messages',
    '100 messages',
  ])
  expect(counted('de')[1]).toBe('1 Nachricht')
  expect(counted('ja')[5]).toBe('100 通')
  expect(counted('ar')).toEqual(['لا رسائل', 'رسالة واحدة', 'رسالتان', '3 رسائل', '11 رسالة', '100 رسالة'])
  expect(wordsFor('de').list.count(12_345)).toBe('12.345 Nachrichten')
})

test('the pseudo language marks every word and makes it longer', () => {
  const made = longer({ a: 'Send', deep: { b: (name: string) => `To ${name}` } })
  expect(made.a).toBe('⟦Séñd··⟧')
  expect(made.deep.b('Ada')).toMatch(/^⟦Tó .*·⟧$/)
})
