import { latin } from './digits'
import { states, textFields, type Query, type SearchProblem, type State, type TextField } from './query'

type Meaning = Query | SearchProblem['code']

const sizeUnits: Record<string, number> = {
  '': 1,
  b: 1,
  k: 1024,
  kb: 1024,
  m: 1024 ** 2,
  mb: 1024 ** 2,
  g: 1024 ** 3,
  gb: 1024 ** 3,
}
const ageUnits: Record<string, number> = { d: 1, w: 7, m: 30, y: 365 }

const size =
  (how: 'larger' | 'smaller') =>
  (value: string): Meaning => {
    const written = latin(value)
    // Three digits behind a comma may be thousands: that is asked about rather than guessed.
    const [, digits, unit] = /^(\d{1,12}(?:\.\d{1,3}|[,\u066b]\d{1,2})?) ?([a-z]{0,2})$/i.exec(written) ?? []
    const factor = sizeUnits[unit?.toLowerCase() ?? '']
    if (digits === undefined || factor === undefined) return 'bad-size'
    return { kind: 'size', how, bytes: Math.round(Number(digits.replace(/[,\u066b]/, '.')) * factor) }
  }

const date =
  (how: 'before' | 'after') =>
  (value: string): Meaning => {
    const [, year, month = '1', day = '1'] =
      /^(\d{4})(?:[-/.](\d{1,2}))?(?:[-/.](\d{1,2}))?$/.exec(latin(value)) ?? []
    if (year === undefined) return 'bad-date'
    const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
    const parsed = new Date(`${iso}T00:00:00Z`)
    // The round trip refuses 31 February, which Date would push into March.
    if (Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== iso) return 'bad-date'
    return { kind: 'date', how, day: iso }
  }

const age =
  (how: 'older' | 'newer') =>
  (value: string): Meaning => {
    const [, digits, unit] = /^(\d{1,5})([dwmy])$/i.exec(latin(value)) ?? []
    const days = ageUnits[unit?.toLowerCase() ?? '']
    if (digits === undefined || days === undefined) return 'bad-age'
    return { kind: 'age', how, days: Number(digits) * days }
  }

const isState = (word: string): word is State => (states as readonly string[]).includes(word)

const meanings: Record<string, (value: string) => Meaning> = {
  has: (value) => (/^(attachments?|files?)$/i.test(value) ? { kind: 'attachment' } : 'unknown-has'),
  is: (value) => {
    const state = value.toLowerCase()
    return isState(state) ? { kind: 'is', state } : 'unknown-state'
  },
  in: (value) => ({ kind: 'in', folder: value }),
  label: (value) => ({ kind: 'label', label: value }),
  larger: size('larger'),
  smaller: size('smaller'),
  before: date('before'),
  after: date('after'),
  older_than: age('older'),
  newer_than: age('newer'),
}

const isTextField = (name: string): name is TextField => (textFields as readonly string[]).includes(name)

/** Names that are operators; anything else with a colon (`10:30`, `https://…`) is just text. */
export const isOperator = (name: string): boolean => isTextField(name) || Object.hasOwn(meanings, name)

export const meaningOf = (name: string, value: string): Meaning => {
  if (value === '') return 'empty-value'
  if (isTextField(name)) return { kind: 'field', field: name, text: value }
  return meanings[name]?.(value) ?? 'empty-value'
}
