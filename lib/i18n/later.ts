import { compose } from './en/compose'
import { contacts } from './en/contacts'
import { outbox } from './en/outbox'
import { writing } from './en/writing'
import type { Language } from './index'
import { useLanguage } from './react'

// Words of what is loaded when it is opened. Only what is loaded then may import this: all that the first page
// needs is in index.ts.

const en = { compose, contacts, outbox, writing }

export type LaterWords = typeof en

const catalogues: Record<Language, LaterWords> = { en }

export const useLaterWords = (): LaterWords => catalogues[useLanguage()]
