// A summary as a page of text or as JSON. What others wrote into the log (addresses, replies) is shown without
// control characters: a terminal obeys them.
import type { DomainRow, Kind, Summary } from './summary'
import type { Tallies, Tally } from './tally'

const printable = (name: string): string => name.replace(/[\p{Cc}\p{Cf}]/gu, '·').slice(0, 160)

const sized = (bytes: number): string => {
  const units = ['B', 'K', 'M', 'G', 'T']
  const step = bytes === 0 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10))
  const value = bytes / 1024 ** step
  return `${value < 10 && step > 0 ? value.toFixed(1) : Math.round(value)}${units[step]}`
}

const title = (text: string): string => `\n${text}\n${'-'.repeat(text.length)}`

const totalsOf = ({ totals, senders, clients, recipients, domains }: Summary): string[] => {
  const rows: [string | number, string][] = [
    [totals.received, 'received'],
    [totals.delivered, 'delivered'],
    [totals.captured, 'captured (demo)'],
    [totals.deferred, 'deferrals'],
    [totals.failed, 'failed'],
    [totals.refused, 'refused'],
    [sized(totals.receivedBytes), 'bytes received'],
    [sized(totals.deliveredBytes), 'bytes delivered'],
    [senders.rows.size, 'senders'],
    [clients.rows.size, 'sending hosts'],
    [recipients.rows.size, 'recipients'],
    [domains.size, 'recipient domains'],
  ]
  return rows.map(([value, name]) => `${String(value).padStart(9)}  ${name}`)
}

const kinds: readonly Kind[] = ['received', 'delivered', 'deferred', 'failed', 'refused']

const hoursOf = ({ hours }: Summary): string[] => [
  `    hour  ${kinds.map((kind) => kind.padStart(9)).join(' ')}`,
  ...hours.map((hour, at) => {
    const span = `${String(at).padStart(2, '0')}-${String(at + 1).padStart(2, '0')}`
    return `   ${span}  ${kinds.map((kind) => String(hour[kind]).padStart(9)).join(' ')}`
  }),
]

const domainLine = ([name, row]: [string, DomainRow]): string => {
  const mean = row.delivered === 0 ? '-' : `${(row.delay / row.delivered).toFixed(1)}s`
  const cells = [
    row.delivered,
    sized(row.bytes),
    row.deferred,
    row.failed,
    mean,
    `${row.longest.toFixed(1)}s`,
  ]
  return `${cells.map((cell) => String(cell).padStart(9)).join(' ')}  ${printable(name)}`
}

const domainsOf = ({ domains }: Summary, top: number): string[] => [
  ['delivered', 'bytes', 'deferred', 'failed', 'mean', 'longest'].map((each) => each.padStart(9)).join(' '),
  ...[...domains]
    .sort(([, one], [, other]) => other.delivered - one.delivered)
    .slice(0, top)
    .map(domainLine),
]

const listOf = (tallies: Tallies, by: keyof Tally, top: number): string[] =>
  tallies
    .top(by, top)
    .map(
      (row) =>
        `${(by === 'bytes' ? sized(row.bytes) : String(row.count)).padStart(9)}  ${printable(row.name)}`,
    )

export const asText = (summary: Summary, top: number): string => {
  const { senders, recipients, clients, deferrals, failures, refusals, signIns, warnings } = summary
  const lists: [string, string[]][] = [
    ['Messages', totalsOf(summary)],
    ['By hour', hoursOf(summary)],
    ['Delivery by recipient domain', domainsOf(summary, top)],
    ['Sending hosts', listOf(clients, 'count', top)],
    ['Senders by messages', listOf(senders, 'count', top)],
    ['Senders by size', listOf(senders, 'bytes', top)],
    ['Recipients by messages', listOf(recipients, 'count', top)],
    ['Recipients by size', listOf(recipients, 'bytes', top)],
    ['Why deferred', listOf(deferrals, 'count', top)],
    ['Why failed', listOf(failures, 'count', top)],
    ['Refused at the door', listOf(refusals, 'count', top)],
    ['Failed sign-ins', listOf(signIns, 'count', top)],
    ['Warnings and errors', listOf(warnings, 'count', top)],
  ]
  const span = summary.from ? `${summary.from} to ${summary.to}` : 'no lines of these days'
  const shown = lists.filter(([, lines]) => lines.length > 0)
  return [`Mail of ${span}`, ...shown.flatMap(([name, lines]) => [title(name), ...lines]), ''].join('\n')
}

export const asJson = (summary: Summary, top: number) => ({
  ...{ from: summary.from, to: summary.to, totals: summary.totals, hours: summary.hours },
  domains: Object.fromEntries(summary.domains),
  ...Object.fromEntries(
    (
      [
        'clients',
        'senders',
        'recipients',
        'deferrals',
        'failures',
        'refusals',
        'signIns',
        'warnings',
      ] as const
    ).map((name) => [name, summary[name].top('count', top)]),
  ),
  lines: summary.lines,
})
