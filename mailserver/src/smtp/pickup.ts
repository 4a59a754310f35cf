// Takes what `posthorn-mail sendmail` left in the maildrop: the same head, aliases and queue as for mail that came
// by a door. The drop's owner stands in Received; nobody signed in, so nothing is captured or signed for them
// unless the sender is one of our users.
import type { Clock } from '../core/clock'
import type { Config } from '../core/config'
import type { Log } from '../core/log'
import type { Expander } from '../delivery/expand'
import type { Directory } from '../directory/contract'
import type { Queue } from '../queue'
import { BrokenDrop, watchMaildrop, type Maildrop, type TakeDrop } from '../queue/maildrop'
import { isRefusal, readMessage } from './incoming'

export interface PickupParts {
  config: Config
  clock: Clock
  log: Log
  directory: Directory
  expander: Expander
  queue: Queue
  /** Named durable steps, for the crash tests. */
  step?: (name: string) => void
}

const once = async function* (bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}

const takeDrop =
  ({ config, clock, log, directory, expander, queue }: PickupParts): TakeDrop =>
  async (id, drop, message) => {
    if (await queue.holds(id)) return
    const file = queue.create(id)
    try {
      const trace = {
        queueId: id,
        sender: drop.sender,
        helo: '',
        clientName: drop.user,
        clientAddress: '',
        protocol: 'local',
        cipher: null,
        recipient: null,
        now: new Date(clock.now()),
      }
      const rules = { serverName: config.mail_hostname, domain: config.domain, door: 'submission' as const }
      const sizeLimit = config.message_size_limit
      const read = await readMessage({
        stream: once(message),
        file,
        trace,
        rules,
        sizeLimit,
      })
      if (isRefusal(read)) throw new BrokenDrop(`${read.code} ${read.text}`)
      const taken = { sealed: file.seal(), prefix: read.returnPath.length }
      const route = directory.route(drop.sender)
      const envelope = {
        sender: drop.sender,
        owner: route.kind === 'local' ? route.user : null,
        recipients: expander.expand(drop.recipients.map((address) => ({ address, orcpt: null, notify: [] }))),
        ret: null,
        envid: null,
        smtpUtf8: false,
        requireTls: false,
      }
      if (envelope.recipients.length === 0) throw new BrokenDrop('its recipients lead nowhere')
      await queue.accept(file, { envelope, ...taken })
      log.info('queued', {
        queue: id,
        from: drop.sender,
        size: taken.sealed.size,
        recipients: envelope.recipients.length,
        user: drop.user,
        door: 'sendmail',
      })
    } catch (error) {
      await file.discard()
      throw error
    }
  }

export const openPickup = (parts: PickupParts): Maildrop =>
  watchMaildrop(parts.config.home, {
    clock: parts.clock,
    take: takeDrop(parts),
    step: parts.step ?? (() => {}),
    onBroken: (id, error) => parts.log.error('maildrop-broken', { queue: id, error: error.message }),
    onPassing: (error) => parts.log.warn('maildrop-later', { error: String(error) }),
  })
