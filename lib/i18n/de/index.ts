import type { Words } from '../en'
import { auth, errors, settings, shell } from './base'
import { composer } from './composer'
import { folders, labels, list } from './list'
import { reader } from './reader'

export const words: Words = { auth, composer, errors, folders, labels, list, reader, settings, shell }
