import { account } from './account'
import { compose } from './compose'
import { contacts } from './contacts'
import { finding } from './finding'
import { outbox } from './outbox'
import { writing } from './writing'

export const later = { account, compose, contacts, finding, outbox, writing }
export type LaterWords = typeof later
