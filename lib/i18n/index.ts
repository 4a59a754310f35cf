export type { Words } from './en'
export { languageFor, languages, localeOf, spoken } from './languages'
export type { Language } from './languages'
