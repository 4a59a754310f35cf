import type { IconName } from '@/components/ui/icon'
import { folderName } from '@/lib/client/actions'
import type { Words } from '@/lib/i18n'
import type { LaterWords } from '@/lib/i18n/later'
import type { Label } from '@/lib/model/label'
import type { Mailbox } from '@/lib/model/mailbox'
import { inEnglish, quoted, translator, wordList } from '@/lib/model/search'
import { states } from '@/lib/model/search/query'
import { matches } from './matches'

// Operators whose values are known: completed while they are typed, and understood in the language that is spoken.

const operators = ['label', 'in', 'is', 'has'] as const
type Operator = (typeof operators)[number]

export interface Value {
  /** The whole search with this value in it. */
  text: string
  label: string
  detail: string
  icon: IconName
  /** What kind of values these are. */
  title: string
}

interface Sought {
  before: string
  operator: Operator
  begun: string
}

// Behind a blank, a parenthesis or a minus; a quote that is not closed yet belongs to the value.
const typing = /^(|.*[\s(-])(label|in|is|has)[:：]["“„«]?([^"“”„«»()]*)$/i

/** The operator that is being typed at the end of this, and its value so far. */
export const valueSought = (typed: string): Sought | null => {
  const [, before = '', name = '', begun = ''] = typing.exec(typed) ?? []
  const operator = operators.find((one) => one === name.toLowerCase())
  // Two words without quotes are a value and a word.
  const isOne = /[:：]["“„«]/.test(typed.slice(before.length)) || !/\s/.test(begun)
  return operator && isOne ? { before, operator, begun } : null
}

export interface Known {
  words: Words
  later: LaterWords
  labels: readonly Label[]
  mailboxes: readonly Mailbox[]
}

interface Choice {
  value: string
  label: string
  icon: IconName
}

const choices: Record<Operator, (known: Known) => Choice[]> = {
  label: ({ labels }) => labels.map(({ name }) => ({ value: name, label: name, icon: 'label' })),
  in: ({ words, mailboxes }) =>
    mailboxes
      .filter(({ selectable, role }) => selectable && role !== 'starred')
      .map((mailbox) => ({
        value: mailbox.role ?? mailbox.path,
        label: folderName(words, mailbox),
        icon: mailbox.role ?? 'folder',
      })),
  is: ({ later }) =>
    states.map((state) => ({ value: state, label: later.finding.states[state], icon: 'search' })),
  has: ({ later }) => [{ value: 'attachment', label: later.finding.fields.has, icon: 'search' }],
}

const titles: Record<Operator, (finding: LaterWords['finding']) => string> = {
  label: ({ fields }) => fields.label,
  in: ({ where }) => where,
  is: ({ fields }) => fields.is,
  has: ({ fields }) => fields.has,
}

/** What may be meant, by its name in the person's language or as it is written. */
export const valuesFor = (typed: string, known: Known): Value[] => {
  const sought = valueSought(typed)
  if (!sought) return []
  const { before, operator, begun } = sought
  return choices[operator](known)
    .filter(({ value, label }) => matches(`${label} ${value}`, begun))
    .map(({ value, label, icon }) => {
      const written = `${operator}:${quoted(value)}`
      return {
        text: before + written,
        label,
        detail: written,
        icon,
        title: titles[operator](known.later.finding),
      }
    })
}

/** What a search says in the words of the language that is spoken, in those every search is kept in. */
export const written = (typed: string, { words, later, mailboxes }: Omit<Known, 'labels'>): string => {
  const { values, states: shown, fields } = later.finding
  const named = new Set(mailboxes.flatMap(({ name, path, role }) => (role ? [] : [name, path])))
  const places = wordList(
    // A folder that is called so is meant before the one that is only shown so.
    mailboxes.flatMap(({ role }) => {
      const name = role && words.shell.roles[role]
      return name && !named.has(name) ? [[role, [name]] as const] : []
    }),
  )
  const is = Object.fromEntries(states.map((state) => [state, [shown[state], ...values.is[state]]]))
  return inEnglish(typed, translator({ ...values, is, has: [fields.has, ...values.has] }, places))
}
