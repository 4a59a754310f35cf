'use client'
import { createContext, useContext } from 'react'
import { localeOf } from './index'
import type { Language, Words } from './index'
import { languages } from './languages'
import { counting } from './plural'

export interface Spoken {
  language: Language
  words: Words
}

export const Speaking = createContext<Spoken | null>(null)

const useSpoken = (): Spoken => {
  const spoken = useContext(Speaking)
  if (!spoken) throw new Error('no language')
  return spoken
}

export const useLanguage = (): Language => useSpoken().language
/** Known on the server, too: what is drawn there needs no second drawing. */
export const useDirection = (): 'ltr' | 'rtl' => languages[useLanguage()].direction
/** Figures as the language writes them. */
export const useNumber = (): ((value: number) => string) => {
  const language = useLanguage()
  return (value) => counting(localeOf(language, language)).number(value)
}

export const useWords = (): Words => useSpoken().words
