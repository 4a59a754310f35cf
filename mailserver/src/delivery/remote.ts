// Mail that leaves: to the hosts the domain names, or through the relay host, and what came of it per recipient.
import { lookup } from 'node:dns/promises'
import { createReadStream } from 'node:fs'
import { isIP } from 'node:net'
import { PassThrough, type Readable } from 'node:stream'
import type { Config } from '../core/config'
import type { Log } from '../core/log'
import { canonical } from '../directory/addresses'
import type { Outcome, QueuedMessage, WaitingRecipient } from '../queue/model'
import { CarrierError, type Carrier, type CarrierOptions, type SendResult, type TlsWish } from './carrier'
import type { SendAway } from './index'
import { nextHops, type Hops, type NextHop, type Resolver } from './mx'
import { names, type Policy, type Sts } from './sts'

export interface RemoteParts {
  config: Config
  log: Log
  resolver: Resolver
  carrier: Carrier
  sts: Sts
  /** Header lines to put on top, or nothing (DKIM). */
  sign: (message: QueuedMessage, body: () => Readable) => Promise<string>
  /** 25, but for tests on loopback. */
  port?: number
}

const deferred = (reply: string, by: string): Outcome => ({ kind: 'deferred', reply, by })

/** 4xx is tried again, 5xx is final (RFC 5321 section 4.2.1); without a reply nothing is final. */
const byReply = (reply: string, by: string): Outcome =>
  reply.startsWith('5') ? { kind: 'failed', reply, by } : deferred(reply, by)

/** The administrator's own word: an address, a name of DNS, or one that only this machine knows (/etc/hosts). */
const relayAddresses = async (host: string, resolver: Resolver): Promise<string[]> => {
  if (isIP(host)) return [host]
  try {
    return await resolver.addresses(host)
  } catch (error) {
    const known = await lookup(host, { all: true }).catch(() => [])
    if (known.length > 0) return known.map(({ address }) => address)
    throw error
  }
}

const relayHops = (relay: string, resolver: Resolver): Promise<Hops> => {
  const [, host = relay, port = '25'] = /^\[?([^\]]+?)\]?(?::(\d+))?$/.exec(relay) ?? []
  return relayAddresses(host, resolver).then(
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

const tlsWish = (config: Config, message: QueuedMessage, policy: Policy | null): TlsWish => {
  // RFC 8689 section 4.2.1: no TLS, no delivery.
  if (message.requireTls || policy?.mode === 'enforce') return 'verified'
  if (!config.relay_host) return 'when offered'
  return { off: 'none', optional: 'when offered', required: 'verified' }[config.relay_tls] as TlsWish
}

const optionsFor = (config: Config, message: QueuedMessage, policy: Policy | null): CarrierOptions => ({
  name: config.mail_hostname,
  tls: tlsWish(config, message, policy),
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

/** RFC 8461 section 5: under `enforce` only hosts that the policy names; none of them is a reason to wait. */
const promised = (hops: Hops, policy: Policy | null, tell: (host: string) => void): Hops => {
  if (!policy || hops.kind !== 'hops') return hops
  const [kept, strange] = [true, false].map((wanted) =>
    hops.hops.filter(({ host }) => names(policy, host) === wanted),
  ) as [NextHop[], NextHop[]]
  for (const { host } of strange) tell(host)
  if (policy.mode === 'testing') return hops
  return kept.length > 0
    ? { kind: 'hops', hops: kept }
    : { kind: 'later', reply: '451 4.7.5 the MTA-STS policy names none of the mail servers' }
}

interface Way {
  hops: Hops
  policy: Policy | null
}

/** Through the relay host, or where the domain says, by the promises it made. */
const wayTo = async (parts: RemoteParts, domain: string): Promise<Way> => {
  const { config, resolver, port = 25, log } = parts
  if (config.relay_host) return { hops: await relayHops(config.relay_host, resolver), policy: null }
  const ourselves = new Set([config.mail_hostname.toLowerCase()])
  const hops = await nextHops({ domain, resolver, port, ourselves })
  const policy = config.mta_sts && hops.kind === 'hops' ? await parts.sts.policyOf(domain) : null
  const tell = (host: string) => log.warn('sts-stranger', { domain, host, mode: policy?.mode })
  return { hops: promised(hops, policy, tell), policy }
}

const go = async (parts: RemoteParts, trip: Trip, { hops, policy }: Way): Promise<Outcome[]> => {
  if (hops.kind === 'hops')
    return travel(parts, trip, hops.hops, optionsFor(parts.config, trip.message, policy))
  return trip.recipients.map((): Outcome =>
    hops.kind === 'never' ? { kind: 'failed', reply: hops.reply, by: '' } : deferred(hops.reply, ''),
  )
}

const byDomain = (recipients: readonly WaitingRecipient[]): Map<string, WaitingRecipient[]> => {
  const found = new Map<string, WaitingRecipient[]>()
  for (const each of recipients) {
    const domain = canonical(each.address).split('@').pop() ?? ''
    found.set(domain, [...(found.get(domain) ?? []), each])
  }
  return found
}

export const createSendAway =
  (parts: RemoteParts): SendAway =>
  async (message, recipients, file) => {
    const outcomes = new Map<WaitingRecipient, Outcome>()
    const head = await parts.sign(message, bodyOf(message, file, ''))
    const trip = {
      message,
      body: bodyOf(message, file, head),
      size: message.size - message.prefix + head.length,
    }
    for (const [domain, theirs] of byDomain(recipients)) {
      const way = await wayTo(parts, domain)
      for (const group of alike(theirs)) {
        const results = await go(parts, { ...trip, recipients: group }, way)
        group.forEach((recipient, index) => outcomes.set(recipient, results[index] as Outcome))
      }
    }
    return recipients.map((recipient) => outcomes.get(recipient) as Outcome)
  }
