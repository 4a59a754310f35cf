// What Prometheus is told (text format 0.0.4), counted from what the log tells, at whatever level is written.
//
// Invariants: labels come from closed sets of ours, never an address, a domain or anything a client said; a number is
// kept whether or not anybody asks, which costs one addition.
import type { Server } from 'node:net'
import type { Fields, Log } from './log'

const families = {
  queued: { name: 'posthorn_mail_queued_total', help: 'Messages taken, by door.' },
  refused: {
    name: 'posthorn_mail_refused_total',
    help: 'Senders, recipients and messages refused, by code.',
  },
  outcomes: { name: 'posthorn_mail_recipients_total', help: 'Tries to deliver to a recipient, by outcome.' },
  signIns: { name: 'posthorn_mail_sign_in_failures_total', help: 'Failed tries to sign in, by outcome.' },
  accepted: { name: 'posthorn_mail_connections_total', help: 'Connections taken, by door.' },
} as const
type Counter = keyof typeof families

interface Histogram {
  name: string
  help: string
  bounds: readonly number[]
}
const histograms = {
  sizes: {
    name: 'posthorn_mail_message_bytes',
    help: 'Sizes of the messages taken.',
    bounds: [1e3, 1e4, 1e5, 1e6, 1e7, 5e7],
  },
  delivery: {
    name: 'posthorn_mail_delivery_seconds',
    help: 'From the 250 to the delivery, a recipient each.',
    bounds: [0.1, 0.5, 2, 10, 60, 600, 3600, 86_400],
  },
} as const satisfies Record<string, Histogram>

interface Observed {
  buckets: number[]
  sum: number
  count: number
}

interface Gauge {
  name: string
  help: string
  /** By its label, or one number. */
  read: () => number | ReadonlyMap<string, number>
  label?: string
}

export interface Metrics {
  /** A log that tells `log` everything, and counts. */
  counted(log: Log): Log
  /** Counts the connections of a door. */
  watch(door: string, server: Server): void
  gauge(gauge: Gauge): void
  text(): string
}

const doors = new Set(['transfer', 'submission', 'lmtp', 'sendmail'])
const head = ({ name, help }: { name: string; help: string }, type: string): string =>
  `# HELP ${name} ${help}\n# TYPE ${name} ${type}`

const histogramLines = ({ name, help, bounds }: Histogram, { buckets, sum, count }: Observed): string[] => [
  head({ name, help }, 'histogram'),
  ...bounds.map((bound, at) => `${name}_bucket{le="${bound}"} ${buckets[at] ?? 0}`),
  `${name}_bucket{le="+Inf"} ${count}`,
  `${name}_sum ${sum}`,
  `${name}_count ${count}`,
]

const gaugeLines = ({ name, help, read, label = '' }: Gauge): string[] => {
  const now = read()
  const values =
    typeof now === 'number'
      ? [`${name} ${now}`]
      : [...now].map(([value, many]) => `${name}{${label}="${value}"} ${many}`)
  return [head({ name, help }, 'gauge'), ...values]
}

const processLines = (): string[] => {
  const { user, system } = process.cpuUsage()
  const values = [
    ['process_cpu_seconds_total', 'counter', 'Processor time used.', (user + system) / 1e6],
    ['process_resident_memory_bytes', 'gauge', 'Resident memory.', process.memoryUsage.rss()],
    ['process_start_time_seconds', 'gauge', 'Start, since 1970.', Date.now() / 1000 - process.uptime()],
  ] as const
  return values.flatMap(([name, type, help, value]) => [head({ name, help }, type), `${name} ${value}`])
}

type Add = (counter: Counter, label: string) => void
type Observe = (which: keyof typeof histograms, value: unknown) => void

/** By the events of the log, which `log` (the verb) and fail2ban rely on, too. */
const countersOf = (add: Add, observe: Observe): Record<string, (fields: Fields) => void> => {
  const outcome = (event: string) => () => add('outcomes', event)
  return {
    queued: ({ door, size }) => {
      add('queued', doors.has(String(door)) ? String(door) : 'other')
      observe('sizes', size)
    },
    refused: ({ reply }) => add('refused', /^[45]\d\d\b/.exec(String(reply))?.[0] ?? 'other'),
    delivered: ({ seconds }) => {
      add('outcomes', 'delivered')
      observe('delivery', seconds)
    },
    deferred: outcome('deferred'),
    failed: outcome('failed'),
    'sign-in-failed': () => add('signIns', 'refused'),
    'sign-in-banned': () => add('signIns', 'banned'),
  }
}

const labels: Record<Counter, string> = {
  queued: 'door',
  refused: 'code',
  outcomes: 'outcome',
  signIns: 'outcome',
  accepted: 'door',
}

const observed = () => {
  const kept = new Map<keyof typeof histograms, Observed>(
    (Object.keys(histograms) as (keyof typeof histograms)[]).map((which) => [
      which,
      { buckets: histograms[which].bounds.map(() => 0), sum: 0, count: 0 },
    ]),
  )
  const observe: Observe = (which, value) => {
    const at = kept.get(which)
    if (!at || typeof value !== 'number') return
    histograms[which].bounds.forEach((bound, n) => {
      if (value <= bound) at.buckets[n] = (at.buckets[n] ?? 0) + 1
    })
    at.sum += value
    at.count += 1
  }
  const lines = () => [...kept].flatMap(([which, at]) => histogramLines(histograms[which], at))
  return { observe, lines }
}

export const createMetrics = (): Metrics => {
  const counts = new Map<Counter, Map<string, number>>()
  const open = new Map<string, number>()
  const add: Add = (counter, label) => {
    const kept = counts.get(counter) ?? new Map<string, number>()
    counts.set(counter, kept.set(label, (kept.get(label) ?? 0) + 1))
  }
  const { observe, lines } = observed()
  const byEvent = countersOf(add, observe)
  const gauges: Gauge[] = [
    {
      name: 'posthorn_mail_connections',
      help: 'Open connections, by door.',
      label: 'door',
      read: () => open,
    },
  ]
  const counted = (log: Log): Log => {
    const at =
      (level: 'debug' | 'info' | 'warn' | 'error') =>
      (event: string, fields: Fields = {}) => {
        byEvent[event]?.(fields)
        log[level](event, fields)
      }
    return {
      debug: at('debug'),
      info: at('info'),
      warn: at('warn'),
      error: at('error'),
      child: (fields) => counted(log.child(fields)),
    }
  }
  const counterLines = () =>
    (Object.keys(families) as Counter[]).flatMap((counter) => [
      head(families[counter], 'counter'),
      ...[...(counts.get(counter) ?? [])].map(
        ([label, many]) => `${families[counter].name}{${labels[counter]}="${label}"} ${many}`,
      ),
    ])
  return {
    counted,
    watch: (door, server) => {
      open.set(door, open.get(door) ?? 0)
      server.on('connection', (socket) => {
        add('accepted', door)
        open.set(door, (open.get(door) ?? 0) + 1)
        socket.once('close', () => open.set(door, (open.get(door) ?? 1) - 1))
      })
    },
    gauge: (gauge) => void gauges.push(gauge),
    text: () =>
      [...counterLines(), ...lines(), ...gauges.flatMap(gaugeLines), ...processLines(), ''].join('\n'),
  }
}
