// What the lines of a log amount to: the questions pflogsumm answers for Postfix, asked of our own events. A message
// is followed by its queue id, so that what was delivered is known in bytes.
import { Tallies } from './tally'

export interface LogLine {
  time: string
  level: string
  event: string
  [field: string]: unknown
}

const hourly = ['received', 'delivered', 'deferred', 'failed', 'refused'] as const
export type Kind = (typeof hourly)[number]

export interface DomainRow {
  delivered: number
  bytes: number
  deferred: number
  failed: number
  /** Seconds from acceptance to delivery. */
  delay: number
  longest: number
}

export interface Summary {
  from: string
  to: string
  totals: Record<Kind, number> & { captured: number; receivedBytes: number; deliveredBytes: number }
  hours: Record<Kind, number>[]
  senders: Tallies
  recipients: Tallies
  clients: Tallies
  domains: Map<string, DomainRow>
  deferrals: Tallies
  failures: Tallies
  refusals: Tallies
  signIns: Tallies
  warnings: Tallies
  lines: { read: number; unreadable: number }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const number = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0)
const domainOf = (address: string): string => address.split('@').pop() || '(none)'
const noneOfEach = () => Object.fromEntries(hourly.map((kind) => [kind, 0])) as Record<Kind, number>

export const emptySummary = (): Summary => ({
  from: '',
  to: '',
  totals: { ...noneOfEach(), captured: 0, receivedBytes: 0, deliveredBytes: 0 },
  hours: Array.from({ length: 24 }, noneOfEach),
  senders: new Tallies(),
  recipients: new Tallies(),
  clients: new Tallies(),
  domains: new Map(),
  deferrals: new Tallies(),
  failures: new Tallies(),
  refusals: new Tallies(),
  signIns: new Tallies(),
  warnings: new Tallies(),
  lines: { read: 0, unreadable: 0 },
})

const mostFollowed = 200_000
const mostDomains = 50_000

/** Sizes by queue id; the oldest are forgotten first. */
const createSizes = () => {
  const sizes = new Map<string, number>()
  return {
    set: (id: string, size: number) => {
      if (sizes.size >= mostFollowed) sizes.delete(sizes.keys().next().value ?? '')
      sizes.set(id, size)
    },
    get: (id: string) => sizes.get(id) ?? 0,
  }
}

const count = (summary: Summary, kind: Kind, line: LogLine) => {
  summary.totals[kind] += 1
  const hour = summary.hours[new Date(line.time).getHours()]
  if (hour) hour[kind] += 1
}

const rowOf = (summary: Summary, address: string): DomainRow => {
  const wanted = domainOf(address)
  const name = summary.domains.has(wanted) || summary.domains.size < mostDomains ? wanted : '(others)'
  const row = summary.domains.get(name) ?? {
    ...{ delivered: 0, bytes: 0, deferred: 0, failed: 0 },
    ...{ delay: 0, longest: 0 },
  }
  summary.domains.set(name, row)
  return row
}

type Take = (summary: Summary, line: LogLine, sizes: ReturnType<typeof createSizes>) => void

const takes: Record<string, Take> = {
  queued: (summary, line, sizes) => {
    const size = number(line.size)
    count(summary, 'received', line)
    summary.totals.receivedBytes += size
    summary.senders.add(text(line.from) || '<> (reports)', size)
    summary.clients.add(text(line.client) || '(this machine)', size)
    sizes.set(text(line.queue), size)
  },
  delivered: (summary, line, sizes) => {
    const size = sizes.get(text(line.queue))
    count(summary, 'delivered', line)
    summary.totals.deliveredBytes += size
    summary.recipients.add(text(line.to), size)
    const row = rowOf(summary, text(line.to))
    row.delivered += 1
    row.bytes += size
    row.delay += number(line.seconds)
    row.longest = Math.max(row.longest, number(line.seconds))
  },
  deferred: (summary, line) => {
    count(summary, 'deferred', line)
    rowOf(summary, text(line.to)).deferred += 1
    summary.deferrals.add(`${domainOf(text(line.to))}: ${text(line.reply)}`)
  },
  failed: (summary, line) => {
    count(summary, 'failed', line)
    rowOf(summary, text(line.to)).failed += 1
    summary.failures.add(`${domainOf(text(line.to))}: ${text(line.reply)}`)
  },
  refused: (summary, line) => {
    count(summary, 'refused', line)
    summary.refusals.add(`${text(line.client)}: ${text(line.reply)}`)
  },
  captured: (summary) => {
    summary.totals.captured += 1
  },
  'sign-in-failed': (summary, line) => summary.signIns.add(`${text(line.peer)} as ${text(line.login)}`),
  'sign-in-banned': (summary, line) =>
    summary.signIns.add(`${text(line.peer)} as ${text(line.login)} (banned)`),
}

const parse = (line: string): LogLine | null => {
  try {
    const fact = JSON.parse(line) as LogLine
    return typeof fact?.event === 'string' && typeof fact.time === 'string' ? fact : null
  } catch {
    return null
  }
}

/** `wanted` says of a line's time whether it belongs to the days that were asked for. */
export const createSummary = (wanted: (time: string) => boolean) => {
  const summary = emptySummary()
  const sizes = createSizes()
  const read = (raw: string) => {
    summary.lines.read += 1
    const line = parse(raw)
    if (!line) {
      summary.lines.unreadable += 1
      return
    }
    // A message taken yesterday may be delivered today: its size is remembered in any case.
    if (!wanted(line.time)) {
      if (line.event === 'queued') sizes.set(text(line.queue), number(line.size))
      return
    }
    if (!summary.from || line.time < summary.from) summary.from = line.time
    if (line.time > summary.to) summary.to = line.time
    takes[line.event]?.(summary, line, sizes)
    if ((line.level === 'warn' || line.level === 'error') && !line.event.startsWith('sign-in-'))
      summary.warnings.add(
        `${line.level}: ${line.event}${line.error ? `: ${text(line.error).slice(0, 120)}` : ''}`,
      )
  }
  return { summary, read }
}
