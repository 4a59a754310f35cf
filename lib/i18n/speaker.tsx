'use client'
import dynamic from 'next/dynamic'
import type { ComponentType, ReactNode } from 'react'
import type { Language, Words } from './index'
import { Speaking } from './react'

const speakerOf = (language: Language, words: Words) => {
  const spoken = { language, words }
  const Speaker = ({ children }: { children: ReactNode }) => <Speaking value={spoken}>{children}</Speaking>
  return { default: Speaker }
}

// Written out one by one: the server tells the browser which of these to load from what stands here.
const speakers: Record<Language, ComponentType<{ children: ReactNode }>> = {
  en: dynamic(() => import('./en').then(({ words }) => speakerOf('en', words))),
  de: dynamic(() => import('./de').then(({ words }) => speakerOf('de', words))),
  ja: dynamic(() => import('./ja').then(({ words }) => speakerOf('ja', words))),
  ar: dynamic(() => import('./ar').then(({ words }) => speakerOf('ar', words))),
  'en-xa': dynamic(() => import('./pseudo').then(({ words }) => speakerOf('en-xa', words))),
}

/** The words of one language for all that lies within. */
export function WordsProvider({ language, children }: { language: Language; children: ReactNode }) {
  const Speaker = speakers[language]
  return <Speaker>{children}</Speaker>
}
