// posthorn-mail queue list|show|flush|hold|release|delete|shape, and mailq, which lists as Postfix's does.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from '../core/config'
import { Failure } from '../core/errors'
import { asShape, controlQueue, shapeOf, type QueueControl } from '../queue/control'
import { openQueueDatabase } from '../queue/database'
import type { QueuedMessage } from '../queue/model'
import { formOf, say, type Form } from './say'
import { usages, type Run } from './usage'

const withQueue = <T>(job: (queue: QueueControl, spool: string) => T): T => {
  const spool = join(readConfig().home, 'mail', 'spool')
  const db = openQueueDatabase(spool, 'each commit')
  try {
    return job(controlQueue(db), spool)
  } finally {
    db.close()
  }
}

const needMessage = (queue: QueueControl, id: string | undefined): QueuedMessage => {
  const found = queue.list().find((message) => message.id === id)
  if (!found) throw new Failure('not-found', `no message ${id ?? '(which one?)'} in the queue`)
  return found
}

/** Postfix's mailq: id with ! for held, size, arrival, sender, then why and to whom. */
export const asMailq = (messages: readonly QueuedMessage[]): string => {
  if (messages.length === 0) return 'Mail queue is empty'
  const lines = messages.map(({ id, held, size, receivedAt, sender, recipients }) => {
    const arrived = new Date(receivedAt)
      .toString()
      .slice(0, 24)
      .replace(/ \d{4}/, '')
    const head = `${(id + (held ? '!' : '')).padEnd(16)} ${String(size).padStart(8)} ${arrived} ${sender || 'MAILER-DAEMON'}`
    const to = recipients.flatMap(({ lastReply, address }) => [
      ...(lastReply ? [`${' '.repeat(8)}(${lastReply})`] : []),
      `${' '.repeat(41)}${address}`,
    ])
    return [head, ...to, ''].join('\n')
  })
  const bytes = messages.reduce((sum, { size }) => sum + size, 0)
  const title = '-Queue ID-       --Size-- ----Arrival Time---- -Sender/Recipient-------'
  return [
    title,
    ...lines,
    `-- ${Math.ceil(bytes / 1024)} Kbytes in ${messages.length} Request${messages.length === 1 ? '' : 's'}.`,
  ].join('\n')
}

const factsOf = (message: QueuedMessage, spool: string) => {
  const file = join(spool, 'messages', message.id)
  return { ...message, file: existsSync(file) ? file : 'missing' }
}

type Action = (args: string[], form: Form) => void

interface Change {
  act: (queue: QueueControl, id: string) => boolean
  done: string
}

const each = (args: readonly string[], form: Form, { act, done }: Change) =>
  withQueue((queue) => {
    const ids = args[0] === 'all' ? queue.list().map(({ id }) => id) : args
    if (ids.length === 0 && args[0] !== 'all')
      throw new Failure('not-found', 'which message? Give its id, or "all"')
    for (const id of ids) {
      if (!act(queue, id)) throw new Failure('not-found', `no message ${id} in the queue`)
    }
    const facts = ids.map((id) => ({ id, done }))
    say(form, facts, ids.map((id) => `${id} ${done}`).join('\n'))
  })

const listQueue = (form: Form) => withQueue((queue) => say(form, queue.list(), asMailq(queue.list())))

const actions: Record<string, Action> = {
  list: (_, form) => listQueue(form),
  show: ([id]) => withQueue((queue, spool) => say('json', factsOf(needMessage(queue, id), spool), '')),
  flush: ([id], form) =>
    withQueue((queue) => {
      const due = queue.flush(id)
      say(form, { due }, `${due} deliveries are due now`)
    }),
  hold: (args, form) => each(args, form, { act: (queue, id) => queue.hold(id), done: 'held' }),
  release: (args, form) => each(args, form, { act: (queue, id) => queue.release(id), done: 'released' }),
  delete: (args, form) => each(args, form, { act: (queue, id) => queue.remove(id), done: 'deleted' }),
  shape: (_, form) =>
    withQueue((queue) => {
      const shape = shapeOf(queue.list(), Date.now())
      say(form, shape, asShape(shape))
    }),
}

export const run: Run = async ([action = 'list', ...args]) => {
  const act = actions[action]
  if (!act) throw new Failure('refused', `usage: posthorn-mail ${usages.queue}`)
  const { form, rest } = formOf(args)
  act(rest, form)
}

export const runMailq: Run = async (args) => listQueue(formOf(args).form)
