import 'server-only'
import { once } from './once'

// What Prometheus is told (text format 0.0.4). Invariants:
// - labels come from closed sets of ours: never an address, a name, a folder, a path or anything a person typed;
// - a number is kept whether or not anybody listens: that costs one addition.

interface Family {
  name: string
  help: string
  labels: readonly string[]
}

const counters = {
  signIns: { name: 'posthorn_web_sign_ins_total', help: 'Passwords tried, by outcome.', labels: ['outcome'] },
  sends: { name: 'posthorn_web_sends_total', help: 'Tries to send, by outcome.', labels: ['outcome'] },
  limited: { name: 'posthorn_web_limited_total', help: 'Requests refused by a limit.', labels: ['what'] },
  errors: {
    name: 'posthorn_web_errors_total',
    help: 'Answers with an error, by its code.',
    labels: ['code'],
  },
} as const satisfies Record<string, Family>

const requestFamily: Family = {
  name: 'posthorn_web_request_seconds',
  help: 'Time to a whole answer; streams of events are not counted.',
  labels: ['kind', 'method', 'status'],
}
const bounds = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10] as const

interface Histogram {
  buckets: number[]
  sum: number
  count: number
}

interface Kept {
  counts: Map<string, number>
  requests: Map<string, Histogram>
  gauges: Map<string, { help: string; read: () => number }>
}
const kept = () =>
  once<Kept>('metrics', () => ({ counts: new Map(), requests: new Map(), gauges: new Map() }))

const labelled = ({ name, labels }: Family, values: readonly string[]): string =>
  `${name}{${labels.map((label, at) => `${label}="${values[at] ?? ''}"`).join(',')}}`

export const count = (which: keyof typeof counters, value: string): void => {
  const { counts } = kept()
  const key = labelled(counters[which], [value])
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

export interface Answered {
  kind: 'api' | 'page' | 'file'
  method: string
  status: number
  seconds: number
}

const methods = new Set(['GET', 'POST', 'PUT', 'DELETE', 'HEAD'])

export const countRequest = ({ kind, method, status, seconds }: Answered): void => {
  const values = [kind, methods.has(method) ? method : 'other', `${Math.trunc(status / 100)}xx`]
  const key = values.join(' ')
  const { requests } = kept()
  const before = requests.get(key) ?? { buckets: bounds.map(() => 0), sum: 0, count: 0 }
  bounds.forEach((bound, at) => seconds <= bound && before.buckets[at]!++)
  requests.set(key, { ...before, sum: before.sum + seconds, count: before.count + 1 })
}

/** Read when somebody asks. A module that is loaded twice registers once. */
export const gauge = (name: string, help: string, read: () => number): void =>
  void kept().gauges.set(name, { help, read })

const head = ({ name, help }: Pick<Family, 'name' | 'help'>, type: string): string[] => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} ${type}`,
]

const requestLines = (): string[] => {
  const { name, labels } = requestFamily
  const lines = [...kept().requests].flatMap(([key, { buckets, sum, count: all }]) => {
    const values = key.split(' ')
    const family = (suffix: string, more: readonly string[] = []) =>
      labelled({ ...requestFamily, name: name + suffix, labels: [...labels, ...more] }, [...values])
    const bucket = (bound: string, value: number) =>
      `${family('_bucket').replace('}', `,le="${bound}"}`)} ${value}`
    return [
      ...bounds.map((bound, at) => bucket(String(bound), buckets[at] ?? 0)),
      bucket('+Inf', all),
      `${family('_sum')} ${sum}`,
      `${family('_count')} ${all}`,
    ]
  })
  return [...head(requestFamily, 'histogram'), ...lines]
}

const processLines = (): string[] => {
  const { user, system } = process.cpuUsage()
  const { rss, heapUsed } = process.memoryUsage()
  const values = [
    ['process_cpu_seconds_total', 'counter', 'Processor time used.', (user + system) / 1e6],
    ['process_resident_memory_bytes', 'gauge', 'Resident memory.', rss],
    ['nodejs_heap_size_used_bytes', 'gauge', 'Memory in use by JavaScript.', heapUsed],
    ['process_start_time_seconds', 'gauge', 'Start, since 1970.', Date.now() / 1000 - process.uptime()],
  ] as const
  return values.flatMap(([name, type, help, value]) => [...head({ name, help }, type), `${name} ${value}`])
}

/** Everything, and what is given beside it. */
export const asText = (more: readonly string[] = []): string => {
  const { counts, gauges } = kept()
  const counted = Object.values(counters).flatMap((family) => [
    ...head(family, 'counter'),
    ...[...counts]
      .filter(([key]) => key.startsWith(`${family.name}{`))
      .map(([key, value]) => `${key} ${value}`),
  ])
  const read = [...gauges].flatMap(([name, { help, read: now }]) => [
    ...head({ name, help }, 'gauge'),
    `${name} ${now()}`,
  ])
  return [...counted, ...requestLines(), ...read, ...processLines(), ...more, ''].join('\n')
}
