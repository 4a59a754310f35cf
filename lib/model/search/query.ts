// What a person typed into the search field, as a tree. Pure: the server turns it into IMAP SEARCH keys, the
// form of the search dialog reads and writes the same tree, and tests evaluate it against plain messages.

export const textFields = ['from', 'to', 'cc', 'bcc', 'subject', 'body', 'filename', 'list'] as const
export type TextField = (typeof textFields)[number]

export const states = ['unread', 'read', 'starred', 'answered', 'draft'] as const
export type State = (typeof states)[number]

export type Query =
  | { kind: 'all' }
  | { kind: 'text'; text: string }
  | { kind: 'field'; field: TextField; text: string }
  | { kind: 'attachment' }
  | { kind: 'is'; state: State }
  | { kind: 'in'; folder: string }
  | { kind: 'label'; label: string }
  | { kind: 'size'; how: 'larger' | 'smaller'; bytes: number }
  | { kind: 'date'; how: 'before' | 'after'; day: string }
  | { kind: 'age'; how: 'older' | 'newer'; days: number }
  | { kind: 'not'; of: Query }
  | { kind: 'and' | 'or'; of: Query[] }

export const searchProblems = [
  'empty-value',
  'unknown-state',
  'unknown-has',
  'bad-size',
  'bad-date',
  'bad-age',
  'open-quote',
  'open-group',
  'stray-close',
  'nothing-to-negate',
  'nothing-beside-or',
  'too-deep',
  'too-long',
] as const

/** Where in the text it went wrong, so that the interface can point at the word. */
export interface SearchProblem {
  code: (typeof searchProblems)[number]
  at: number
  length: number
}

export type ParsedSearch = { ok: true; query: Query } | { ok: false; problem: SearchProblem }

// A person never types more; a link or a script may. Both bounds keep the tree and its IMAP form small.
export const longestSearch = 1000
export const deepestSearch = 12
