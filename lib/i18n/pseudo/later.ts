import { later as en } from '../en/later'
import { longer } from './longer'

export const later = longer(en)
