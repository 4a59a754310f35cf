import { words as en } from '../en'
import { longer } from './longer'

export const words = longer(en)
