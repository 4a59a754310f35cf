import { auth } from './en/auth'
import { composer } from './en/composer'
import { errors } from './en/errors'
import { folderWords } from './en/folders'
import { labelWords } from './en/labels'
import { list } from './en/list'
import { reader } from './en/reader'
import { settings } from './en/settings'
import { shell } from './en/shell'

const en = { auth, composer, errors, folders: folderWords, labels: labelWords, list, reader, settings, shell }

/** Every word of the interface, by room. English is the shape; another language must fill it completely. */
export type Words = typeof en
export const languages = ['en'] as const
export type Language = (typeof languages)[number]

const catalogues: Record<Language, Words> = { en }

export const wordsFor = (language: Language): Words => catalogues[language]
