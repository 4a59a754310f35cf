import type { App } from '@/lib/client/app'
import { messageKey, type MessageAt } from '@/lib/client/cache/state'
import type { Command } from '@/lib/client/commands/registry'
import { quoteOf, quoteSoon } from './answer/quotes'
import { selectionOf } from './answer/selection'
import { compose } from './desk'

type Answer = 'reply' | 'reply-all' | 'forward'

/** The open message, else the one under the cursor. */
export const letterAt = (app: App): MessageAt | null => {
  const place = app.place()
  const message = place?.message ?? app.ui.get().cursor
  return place && message ? { account: place.account, folder: place.folder, message } : null
}

const answer = (kind: Answer) => async (app: App) => {
  const at = letterAt(app)
  if (!at) return
  // What is passed on is passed on whole.
  const selection = kind === 'forward' ? null : selectionOf(at)
  try {
    const [original] = await Promise.all([app.mail.openMessage(at), quoteSoon(app, { at, selection })])
    compose({ kind, at, original, selection })
  } catch {
    app.notify({ tone: 'bad', text: app.words().reader.failed })
  }
}

const canAnswer = (app: App): boolean => letterAt(app) !== null && app.place()?.folder !== 'drafts'

/** A reply that goes to all of the list, whatever its Reply-To says (RFC 2369 section 3.4). */
const answerList = async (app: App) => {
  const at = letterAt(app)
  if (!at) return
  const selection = selectionOf(at)
  const [original] = await Promise.all([app.mail.openMessage(at), quoteSoon(app, { at, selection })])
  const { name = '', post: address = '' } = original.list ?? {}
  const replyTo = [{ name, address }]
  if (address) compose({ kind: 'reply', at, original: { ...original, replyTo }, selection })
}

const isFromList = (app: App): boolean => {
  const at = letterAt(app)
  return canAnswer(app) && Boolean(at && app.mail.get().details.get(messageKey(at))?.list?.post)
}

/** The pointer or the focus is where answers begin. */
export function expectAnswer(app: App): void {
  const at = canAnswer(app) && letterAt(app)
  if (at) void quoteOf(app, at).catch(() => undefined)
}

/** Writing: registered by whoever shows composers. */
export const writeCommands: readonly Command[] = [
  {
    id: 'compose',
    label: (words) => words.composer.newMessage,
    keys: ['c'],
    icon: 'write',
    scope: 'mail',
    group: 'write',
    run: () => void compose({ kind: 'new' }),
  },
  {
    id: 'reply',
    label: (words) => words.reader.reply,
    keys: ['r'],
    icon: 'reply',
    scope: 'mail',
    group: 'write',
    when: canAnswer,
    run: answer('reply'),
  },
  {
    id: 'reply-all',
    label: (words) => words.reader.replyAll,
    keys: ['a'],
    icon: 'reply-all',
    scope: 'mail',
    group: 'write',
    when: canAnswer,
    run: answer('reply-all'),
  },
  {
    id: 'reply-list',
    label: (words) => words.reader.replyList,
    keys: ['Shift+l'],
    icon: 'reply-all',
    scope: 'mail',
    group: 'write',
    when: isFromList,
    run: answerList,
  },
  {
    id: 'forward',
    label: (words) => words.reader.forward,
    keys: ['f'],
    icon: 'forward',
    scope: 'mail',
    group: 'write',
    when: canAnswer,
    run: answer('forward'),
  },
  {
    id: 'edit-as-new',
    label: (words) => words.reader.editAsNew,
    keys: [],
    icon: 'write',
    scope: 'mail',
    group: 'write',
    when: canAnswer,
    run: (app) => {
      const at = letterAt(app)
      if (at) compose({ kind: 'copy', at })
    },
  },
  {
    id: 'redirect',
    label: (words) => words.composer.redirect.title,
    keys: [],
    icon: 'redirect',
    scope: 'mail',
    group: 'write',
    when: canAnswer,
    run: (app) => app.ui.set((ui) => ({ ...ui, overlay: 'redirect' })),
  },
]
