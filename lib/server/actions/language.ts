import 'server-only'
import { languageFor, type Words } from '@/lib/i18n'
import { wordsFor } from '@/lib/i18n/all'
import { readPreferences } from '../user/preferences'

/** The words in which something is written in a person's name: what was chosen, else what the browser asks for. */
export const wordsOf = async (owner: string, acceptLanguage: string | null): Promise<Words> =>
  wordsFor(languageFor((await readPreferences(owner)).language, acceptLanguage))
