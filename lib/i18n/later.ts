import { use } from 'react'
import type { LaterWords } from './en/later'
import { languages } from './languages'
import type { Language } from './languages'
import { useLanguage } from './react'

// Words of what is loaded when it is opened: each language's are a file of its own, and only one is ever loaded.

export type { LaterWords }

const asked = new Map<Language, Promise<LaterWords>>()

/** A network that fails is asked again. */
export const loadLaterWords = (language: Language): Promise<LaterWords> => {
  const before = asked.get(language)
  if (before) return before
  const loading: Promise<LaterWords> = languages[language].later().then(
    ({ later }) => {
      // What React looks for in a promise, so that words which are there are read without waiting.
      Object.assign(loading, { status: 'fulfilled', value: later })
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
export const useLaterWords = (): LaterWords => use(loadLaterWords(useLanguage()))
