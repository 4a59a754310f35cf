import { splitSearch, type Word } from './words'

// A search as a form, and the text it stands for. Invariant: the text that a form writes means what the text it was
// read from meant; what has no field (groups, OR, a second word of one operator) stays as typed among the words.

export const formFields = [
  'from',
  'to',
  'cc',
  'bcc',
  'subject',
  'body',
  'list',
  'filename',
  'label',
  'has',
  'is',
  'after',
  'before',
  'newer_than',
  'older_than',
  'larger',
  'smaller',
] as const
export type FormField = (typeof formFields)[number]

export type SearchForm = Record<FormField | 'words' | 'without', string>

export const emptyForm: SearchForm = Object.fromEntries(
  [...formFields, 'words', 'without'].map((name) => [name, '']),
) as SearchForm

const isField = (name: string): name is FormField => (formFields as readonly string[]).includes(name)

/** A value as it is written behind its operator. A straight quote within is held by curly ones. */
export const quoted = (value: string): string => {
  const tidy = value.trim()
  if (tidy !== '' && !/[\s()"“”„«»]/.test(tidy)) return tidy
  return tidy.includes('"') ? `“${tidy.replaceAll('”', '"')}”` : `"${tidy}"`
}

const parts = (typed: string, words: readonly Word[]): string[] =>
  words.map(({ at, length }) => typed.slice(at, at + length))

/** Only what stands side by side at the top can be told apart; anything else is text. */
const isPlain = (words: readonly Word[]): boolean =>
  words.every(({ type }) => type === 'text' || type === 'operator' || type === 'minus')

export const formOf = (typed: string): SearchForm => {
  const split = splitSearch(typed)
  const form = { ...emptyForm }
  if (!split.ok || !isPlain(split.words)) return { ...form, words: typed.trim() }
  const { words } = split
  const written = parts(typed, words)
  const rest: string[] = []
  const without: string[] = []
  for (let index = 0; index < words.length; index++) {
    const word = words[index]
    const raw = written[index] ?? ''
    if (!word) continue
    const next = words[index + 1]
    if (word.type === 'operator' && isField(word.name) && form[word.name] === '' && word.value !== '')
      form[word.name] = word.value
    else if (word.type === 'minus' && next?.type === 'text') {
      without.push(written[index + 1] ?? '')
      index += 1
    } else if (word.type === 'minus' && next) {
      rest.push(raw + (written[index + 1] ?? ''))
      index += 1
    } else rest.push(raw)
  }
  return { ...form, words: rest.join(' '), without: without.join(' ') }
}

const negated = (typed: string): string[] => {
  const split = splitSearch(typed)
  if (!split.ok) return [`-${quoted(typed)}`]
  return parts(typed, split.words).map((word) => `-${word}`)
}

export const textOf = (form: SearchForm): string =>
  [
    ...formFields.flatMap((name) => (form[name].trim() === '' ? [] : [`${name}:${quoted(form[name])}`])),
    form.words.trim(),
    ...negated(form.without.trim()),
  ]
    .filter(Boolean)
    .join(' ')
