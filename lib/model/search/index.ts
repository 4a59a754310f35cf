export { parseSearch } from './parse'
export { longestSearch, states, textFields } from './query'
export type { ParsedSearch, Query, SearchProblem, State, TextField } from './query'
