// Chooses for each recipient of a queued message how it travels, and answers with what came of it.
import { appendFile } from 'node:fs/promises'
import { readFile } from 'node:fs/promises'
import type { Deliver } from '../queue'
import type { Outcome, QueuedMessage, WaitingRecipient } from '../queue/model'
import { deliverLocally } from './local'
import type { Stores } from './stores'

/** Sends to the outside; answers in the order of the recipients. */
export type SendAway = (
  message: QueuedMessage,
  recipients: readonly WaitingRecipient[],
  file: string,
) => Promise<readonly Outcome[]>

// mbox, as `/file` aliases have always meant it (RFC 4155): a separator line, and >From for lines that look like one.
const appendToFile = async (path: string, message: QueuedMessage, file: string): Promise<Outcome> => {
  try {
    const text = (await readFile(file))
      .toString('latin1')
      .replace(/\r\n/g, '\n')
      .replace(/^(>*From )/gm, '>$1')
    const head = `From ${message.sender || 'MAILER-DAEMON'} ${new Date(message.receivedAt).toUTCString()}\n`
    await appendFile(path, Buffer.from(`${head}${text}\n`, 'latin1'), { mode: 0o600 })
    return { kind: 'delivered', reply: '250 2.1.5 appended to file', by: 'local', dsn: 'kept' }
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unwritable'
    return { kind: 'deferred', reply: `451 4.3.0 ${path}: ${reason}`, by: 'local' }
  }
}

/** Only what goes into one mailbox here has no file. */
const inSpool = (file: string | null): string => {
  if (file === null) throw new Error('a message that is not in the spool')
  return file
}

export const createDelivery =
  (parts: { stores: Stores; sendAway: SendAway }): Deliver =>
  async ({ message, recipients, file, bytes }) => {
    const outcomes = new Map<WaitingRecipient, Outcome>()
    const away = recipients.filter(({ target }) => target.kind === 'foreign')
    const here = recipients.map(async (recipient) => {
      const { target } = recipient
      if (target.kind === 'mailbox') {
        outcomes.set(recipient, await deliverLocally(parts.stores, { ...target, message, file, bytes }))
      } else if (target.kind === 'file') {
        outcomes.set(recipient, await appendToFile(target.path, message, inSpool(file)))
      }
    })
    const sent = away.length > 0 ? await parts.sendAway(message, away, inSpool(file)) : []
    away.forEach((recipient, index) => outcomes.set(recipient, sent[index] as Outcome))
    await Promise.all(here)
    return recipients.map((recipient) => outcomes.get(recipient) as Outcome)
  }
