import { type Address, isCompleteAddress } from '@/lib/model/address'
import type { SenderRule, Standing } from '@/lib/model/contact'
import { plainContact } from '@/lib/model/plain-contact'
import { move, tellProblem } from './actions'
import { call } from './api'
import type { App } from './app'
import type { MessageAt } from './cache/state'

// What a person decides about a sender: shown at once on every open message of theirs, taken back with the
// reason when it could not be kept.

const isFrom = (from: readonly Address[], address: string): boolean =>
  from.length === 1 && from[0]?.address.toLowerCase() === address.toLowerCase()

const change = (app: App, address: string, to: Partial<Standing>): void =>
  app.mail.update((state) => ({
    ...state,
    details: new Map(
      [...state.details].map(([key, detail]) => [
        key,
        isFrom(detail.from, address) ? { ...detail, standing: { ...detail.standing, ...to } } : detail,
      ]),
    ),
  }))

export const addContact = async (app: App, { name, address }: Address): Promise<void> => {
  const words = app.words().reader.sender
  if (!isCompleteAddress(address)) return
  try {
    const { id } = await call('addContact', plainContact({ name, address }))
    change(app, address, { contact: { is: 'added', id } })
    app.notify({ tone: 'plain', text: words.added(name || address) })
  } catch (problem) {
    tellProblem(app, words.add, problem)
  }
}

export const removeContact = async (app: App, { name, address }: Address, id: string): Promise<void> => {
  const words = app.words().reader.sender
  try {
    await call('removeContact', { contact: id })
    change(app, address, { contact: { is: 'unknown', id: '' } })
    app.notify({ tone: 'plain', text: words.removed(name || address) })
  } catch (problem) {
    tellProblem(app, words.remove, problem)
  }
}

const shown = (rule: SenderRule, to: 'on' | 'off'): Partial<Standing> =>
  rule === 'images'
    ? { images: to === 'on' ? 'allowed' : 'ask' }
    : { mail: to === 'on' ? 'blocked' : 'taken' }

const opposite = { on: 'off', off: 'on' } as const

interface Ruling {
  address: string
  rule: SenderRule
  to: 'on' | 'off'
}

const rule = async (app: App, { address, rule, to }: Ruling): Promise<void> => {
  change(app, address, shown(rule, to))
  try {
    await call('ruleSender', { address, rule, to })
  } catch (problem) {
    change(app, address, shown(rule, opposite[to]))
    throw problem
  }
}

export const allowImages = async (app: App, address: string, to: 'on' | 'off'): Promise<void> => {
  const words = app.words().reader.sender
  try {
    await rule(app, { address, rule: 'images', to })
    app.notify({ tone: 'plain', text: to === 'on' ? words.imagesOn(address) : words.imagesOff(address) })
  } catch (problem) {
    tellProblem(app, words.images, problem)
  }
}

/** The open message goes to Junk with what will come; `undo` takes both back. */
export const blockSender = async (app: App, at: MessageAt, address: string): Promise<void> => {
  const words = app.words().reader.sender
  try {
    await rule(app, { address, rule: 'blocked', to: 'on' })
  } catch (problem) {
    return tellProblem(app, words.block, problem)
  }
  const text = words.blocked(address)
  const { message, ...folder } = at
  if (at.folder === 'inbox')
    return move(unblocking(app, address), { ...folder, ids: [message] }, 'junk', text)
  const undo = app.undo.push({ text, undo: () => unblockSender(app, address) })
  app.notify({ tone: 'plain', text, undo })
}

/** What moves back takes the decision back with it. */
const unblocking = (app: App, address: string): App => ({
  ...app,
  undo: {
    ...app.undo,
    push: (one) =>
      app.undo.push({
        ...one,
        undo: async () => {
          await rule(app, { address, rule: 'blocked', to: 'off' })
          await one.undo()
        },
      }),
  },
})

export const unblockSender = async (app: App, address: string): Promise<void> => {
  const words = app.words().reader.sender
  try {
    await rule(app, { address, rule: 'blocked', to: 'off' })
    app.notify({ tone: 'plain', text: words.unblocked(address) })
  } catch (problem) {
    tellProblem(app, words.unblock, problem)
  }
}
