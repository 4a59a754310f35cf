import { use } from 'react'
import type { LaterWords } from './en/later'
import { languages } from './languages'
import type { Language } from './languages'
import { useLanguage } from './react'

// Words of what is loaded when it is opened: each language's are a file of its own, and only one is ever loaded.

export type { LaterWords }

const known = new Map<Language, LaterWords>()
const asked = new Map<Language, Promise<LaterWords>>()

/** A network that fails is asked again. */
export const loadLaterWords = (language: Language): Promise<LaterWords> => {
  const loading =
    asked.get(language) ??
    languages[language].later().then(
      ({ later }) => {
        known.set(language, later)
        return later
      },
      (cause: unknown) => {
        asked.delete(language)
        throw cause
      },
    )
  asked.set(language, loading)
  return loading
}

/** Waits within the nearest boundary when they are not there yet. */
export const useLaterWords = (): LaterWords => {
  const language = useLanguage()
  return known.get(language) ?? use(loadLaterWords(language))
}
