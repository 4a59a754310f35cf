import { words as ar } from './ar'
import { words as de } from './de'
import { words as en } from './en'
import type { Language, Words } from './index'
import { words as ja } from './ja'
import { words as pseudo } from './pseudo'

// Every language at once: for the server and for tests. What the browser loads never imports this.

const catalogues: Record<Language, Words> = { en, de, ja, ar, 'en-xa': pseudo }

export const wordsFor = (language: Language): Words => catalogues[language]
