'use client'
import { createContext, useContext } from 'react'
import type { ReactNode } from 'react'
import { wordsFor } from './index'
import type { Language, Words } from './index'

const Speaking = createContext<Language>('en')

export function WordsProvider({ language, children }: { language: Language; children: ReactNode }) {
  return <Speaking value={language}>{children}</Speaking>
}

export const useLanguage = (): Language => useContext(Speaking)
export const useWords = (): Words => wordsFor(useLanguage())
