'use client'
import { createContext, useContext } from 'react'
import type { ReactNode } from 'react'
import { wordsFor } from './index'
import type { Language, Words } from './index'

const Speaking = createContext<Words>(wordsFor('en'))

export function WordsProvider({ language, children }: { language: Language; children: ReactNode }) {
  return <Speaking value={wordsFor(language)}>{children}</Speaking>
}

export const useWords = (): Words => useContext(Speaking)
