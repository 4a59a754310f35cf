// Demo mode: nothing leaves this machine. Mail to other domains is put where its sender can see it.
import type { Log } from '../core/log'
import type { Outcome } from '../queue/model'
import type { SendAway } from './index'
import { deliverLocally } from './local'
import type { Stores } from './stores'

export const captureFolder = 'Outbound (demo)'

export const createCapture =
  ({ stores, log }: { stores: Stores; log: Log }): SendAway =>
  async (message, recipients, file) => {
    const { owner } = message
    if (owner) {
      const flags = ['\\Seen']
      const outcome = await deliverLocally(stores, {
        message,
        user: owner,
        folder: captureFolder,
        file,
        bytes: null,
        flags,
      })
      if (outcome.kind !== 'delivered') return recipients.map(() => outcome)
    }
    const reply = owner ? `250 2.0.0 demo: captured in "${captureFolder}"` : '250 2.0.0 demo: not sent'
    log.info('captured', { queue: message.id, owner, recipients: recipients.length })
    return recipients.map((): Outcome => ({ kind: 'delivered', reply, by: 'demo', dsn: 'kept' }))
  }
