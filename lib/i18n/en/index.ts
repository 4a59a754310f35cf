import { auth } from './auth'
import { composer } from './composer'
import { errors } from './errors'
import { folderWords } from './folders'
import { labelWords } from './labels'
import { list } from './list'
import { reader } from './reader'
import { settings } from './settings'
import { shell } from './shell'

/** English is the shape: another language fills it completely. */
export const words = {
  auth,
  composer,
  errors,
  folders: folderWords,
  labels: labelWords,
  list,
  reader,
  settings,
  shell,
}
export type Words = typeof words
