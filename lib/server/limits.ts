import 'server-only'
import { isIPv6 } from 'node:net'
import { AppError } from '@/lib/model/errors'
import { timeNow } from './clock'
import { config } from './config'
import { count } from './metrics'
import { once } from './once'

// How much one person, and one network, may ask for: sends, remote images, searches. Each is a bucket that runs dry
// and fills again evenly; who finds it empty is told when there is something in it. Invariants:
// - what is refused costs nothing of the bucket, so waiting as told is enough;
// - memory is bounded: a bucket that is full again is forgotten, and the oldest go when there are too many.

export type Limited = 'send' | 'image' | 'search'

interface Bucket {
  /** How much is left, at the time of `at`. */
  left: number
  at: number
}

/** Behind one address may sit an office: it has as much as this many people. */
const peoplePerNetwork = 10
const mostBuckets = 20_000

interface Rate {
  most: number
  perMs: number
}

const rateOf = (what: Limited): Rate => {
  const { sendsPerHour, imagesPerMinute, searchesPerMinute } = config()
  if (what === 'send') return { most: sendsPerHour, perMs: sendsPerHour / 3_600_000 }
  const most = what === 'image' ? imagesPerMinute : searchesPerMinute
  return { most, perMs: most / 60_000 }
}

/** A provider gives a household a /64; the addresses inside it are one client (RFC 6177). */
export const networkOf = (address: string): string => {
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.split('::')
  const front = head.split(':').filter(Boolean)
  const back = tail === undefined ? [] : tail.split(':').filter(Boolean)
  const zeros = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0')
  return [...front, ...zeros, ...back].slice(0, 4).join(':')
}

const buckets = () => once('limits', () => new Map<string, Bucket>())

const levelOf = (key: string, { most, perMs }: Rate, now: number): number => {
  const bucket = buckets().get(key)
  // A clock that was set back gives nothing and takes nothing.
  return bucket ? Math.min(most, bucket.left + Math.max(0, now - bucket.at) * perMs) : most
}

const keep = (key: string, bucket: Bucket): void => {
  const all = buckets()
  all.delete(key)
  all.set(key, bucket)
  if (all.size > mostBuckets) for (const oldest of all.keys()) return void all.delete(oldest)
}

export interface Asker {
  owner: string
  client: string
}

/** Fails with 'too-many-requests' and the seconds after which one more is admitted. */
export const admit = (what: Limited, { owner, client }: Asker, now = timeNow()): void => {
  const rate = rateOf(what)
  const shared = { most: rate.most * peoplePerNetwork, perMs: rate.perMs * peoplePerNetwork }
  const asked = [
    { key: `${what} of ${owner}`, rate },
    { key: `${what} from ${networkOf(client)}`, rate: shared },
  ].map((one) => ({ ...one, level: levelOf(one.key, one.rate, now) }))
  // Less than a millisecond is the arithmetic's.
  const waitMs = Math.floor(Math.max(...asked.map(({ level, rate: { perMs } }) => (1 - level) / perMs)))
  if (waitMs > 0) {
    count('limited', what)
    throw new AppError('too-many-requests', '', { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) })
  }
  for (const { key, level } of asked) keep(key, { left: level - 1, at: now })
}
