// Mail that leaves: to the hosts the domain names, or through the relay host, and what came of it per recipient.
import { createReadStream } from 'node:fs'
import { PassThrough, type Readable } from 'node:stream'
import type { Config } from '../core/config'
import type { Log } from '../core/log'
import { canonical } from '../directory/addresses'
import type { Outcome, QueuedMessage, WaitingRecipient } from '../queue/model'
import { CarrierError, type Carrier, type CarrierOptions, type SendResult, type TlsWish } from './carrier'
import type { SendAway } from './index'
import { nextHops, type Hops, type NextHop, type Resolver } from './mx'

export interface RemoteParts {
  config: Config
  log: Log
  resolver: Resolver
  carrier: Carrier
  /** Header lines to put on top, or nothing (DKIM). */
  sign: (message: QueuedMessage, body: () => Readable) => Promise<string>
  /** 25, but for tests on loopback. */
  port?: number
}

const deferred = (reply: string, by: string): Outcome => ({ kind: 'deferred', reply, by })

/** 4xx is tried again, 5xx is final (RFC 5321 section 4.2.1); without a reply nothing is final. */
const byReply = (reply: string, by: string): Outcome =>
  reply.startsWith('5') ? { kind: 'failed', reply, by } : deferred(reply, by)

const relayHops = (relay: string, resolver: Resolver): Promise<Hops> => {
  const [, host = relay, port = '25'] = /^\[?([^\]]+?)\]?(?::(\d+))?$/.exec(relay) ?? []
  return resolver.addresses(host).then(
    (addresses): Hops => ({
      kind: 'hops',
      hops: addresses.map((address) => ({ host, address, port: Number(port) })),
    }),
    (error: NodeJS.ErrnoException): Hops => ({
      kind: 'later',
      reply: `451 4.4.3 looking up relay_host ${host} failed: ${error.code}`,
    }),
  )
}

const dsnOf = (message: QueuedMessage, recipients: readonly WaitingRecipient[]) => {
  const [first] = recipients
  const notify = first?.notify ?? []
  return message.ret || message.envid || notify.length > 0
    ? {
        ret: message.ret ? message.ret.toUpperCase() : null,
        envid: message.envid,
        notify: notify.length > 0 ? notify.map((word) => word.toUpperCase()) : null,
        ...(recipients.length === 1 && first?.orcpt ? { orcpt: first.orcpt } : {}),
      }
    : undefined
}

interface Trip {
  message: QueuedMessage
  recipients: readonly WaitingRecipient[]
  body: () => Readable
  size: number
}

const outcomesOf = (trip: Trip, hop: NextHop, result: SendResult): Outcome[] =>
  trip.recipients.map(({ address }): Outcome => {
    const refused = result.rejected.get(address)
    if (refused) return byReply(refused, hop.host)
    return { kind: 'delivered', reply: result.response, by: hop.host, dsn: 'passed on' }
  })

const tryHop = async (
  parts: RemoteParts,
  trip: Trip,
  hop: NextHop,
  options: CarrierOptions,
): Promise<Outcome[] | CarrierError> => {
  const { message, recipients } = trip
  const envelope = {
    from: message.sender || false,
    to: recipients.map(({ address }) => address),
    size: trip.size,
    use8BitMime: true,
    requireTLSExtensionEnabled: message.requireTls,
    dsn: dsnOf(message, recipients),
  } as const
  try {
    return outcomesOf(trip, hop, await parts.carrier.send(hop, options, { envelope, body: trip.body }))
  } catch (error) {
    if (!(error instanceof CarrierError)) throw error
    if (error.stage !== 'send' || error.reply === null) return error
    // Every recipient, or the message itself, was refused in words: that is an answer, not a reason to go elsewhere.
    const reply = error.reply
    return recipients.map(({ address }) => byReply(error.rejected.get(address) ?? reply, hop.host))
  }
}

const travel = async (
  parts: RemoteParts,
  trip: Trip,
  hops: readonly NextHop[],
  options: CarrierOptions,
): Promise<Outcome[]> => {
  let last = deferred('451 4.4.1 no host could be reached', '')
  for (const hop of hops) {
    let result = await tryHop(parts, trip, hop, options)
    if (result instanceof CarrierError && result.stage === 'tls' && options.tls === 'when offered') {
      parts.log.info('tls-failed', { queue: trip.message.id, by: hop.host, error: result.message })
      result = await tryHop(parts, trip, hop, { ...options, tls: 'none' })
    }
    if (!(result instanceof CarrierError)) return result
    last = deferred(
      result.reply ?? `451 4.4.1 ${hop.host} [${hop.address}]:${hop.port}: ${result.message}`,
      hop.host,
    )
  }
  return trip.recipients.map(() => last)
}

const tlsWish = (config: Config, message: QueuedMessage): TlsWish => {
  // RFC 8689 section 4.2.1: no TLS, no delivery.
  if (message.requireTls) return 'verified'
  if (!config.relay_host) return 'when offered'
  return { off: 'none', optional: 'when offered', required: 'verified' }[config.relay_tls] as TlsWish
}

const optionsFor = (config: Config, message: QueuedMessage): CarrierOptions => ({
  name: config.mail_hostname,
  tls: tlsWish(config, message),
  ...(config.relay_host && config.relay_user
    ? { auth: { user: config.relay_user, pass: config.relay_password ?? '' } }
    : {}),
})

const bodyOf = (message: QueuedMessage, file: string, head: string) => (): Readable => {
  const stream = createReadStream(file, { start: message.prefix })
  if (!head) return stream
  const joined = new PassThrough()
  joined.write(head)
  stream.on('error', (error) => joined.destroy(error))
  return stream.pipe(joined)
}

/** Recipients whose DSN wishes are the same can share one transaction. */
const alike = (recipients: readonly WaitingRecipient[]): WaitingRecipient[][] => {
  const groups = new Map<string, WaitingRecipient[]>()
  for (const each of recipients) {
    const key = each.notify.length > 0 || each.orcpt ? `${each.notify.join()} ${each.orcpt}` : ''
    groups.set(key, [...(groups.get(key) ?? []), each])
  }
  return [...groups.values()]
}

export const createSendAway =
  (parts: RemoteParts): SendAway =>
  async (message, recipients, file) => {
    const { config, resolver, port = 25 } = parts
    const ourselves = new Set([config.mail_hostname.toLowerCase()])
    const outcomes = new Map<WaitingRecipient, Outcome>()
    const head = await parts.sign(message, bodyOf(message, file, ''))
    const trip = {
      message,
      body: bodyOf(message, file, head),
      size: message.size - message.prefix + head.length,
    }
    const byDomain = new Map<string, WaitingRecipient[]>()
    for (const each of recipients) {
      const domain = canonical(each.address).split('@').pop() ?? ''
      byDomain.set(domain, [...(byDomain.get(domain) ?? []), each])
    }
    for (const [domain, theirs] of byDomain) {
      const hops = config.relay_host
        ? await relayHops(config.relay_host, resolver)
        : await nextHops({ domain, resolver, port, ourselves })
      for (const group of alike(theirs)) {
        const results =
          hops.kind === 'hops'
            ? await travel(parts, { ...trip, recipients: group }, hops.hops, optionsFor(config, message))
            : group.map((): Outcome =>
                hops.kind === 'never'
                  ? { kind: 'failed', reply: hops.reply, by: '' }
                  : deferred(hops.reply, ''),
              )
        group.forEach((recipient, index) => outcomes.set(recipient, results[index] as Outcome))
      }
    }
    return recipients.map((recipient) => outcomes.get(recipient) as Outcome)
  }
