// The one calm screen that a start ends with.
import { relative } from 'node:path'
import { doorNames, doors, type Ports } from '../ports/doors'
import type { Plan } from './plan'

const INDENT = '  '

const table = (rows: string[][]): string[] => {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  return rows.map((row) =>
    (INDENT + row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).trimEnd(),
  )
}

const shortPath = (path: string) => {
  const fromHere = relative(process.cwd(), path)
  return fromHere.startsWith('..') ? path : `./${fromHere}`
}

/** As `ss` and `netstat` write it: every address is a star, and colons belong in brackets. */
const placeOf = (host: string, port: number | 'off'): string => {
  const shown = host === '::' || host === '0.0.0.0' ? '*' : host.includes(':') ? `[${host}]` : host
  return `${shown}:${port}`
}

const mailRows = (host: string, ports: Ports): string[][] =>
  doorNames.flatMap((door) => {
    const { port: standard, says } = doors[door]
    if (ports[door] === 'off') return []
    const moved = ports[door] === standard + 10_000 ? `(${standard} could not be had)` : ''
    return [[placeOf(host, ports[door]), says, moved]]
  })

const outsideRows = ({ imap, submission }: Plan['doors']): string[][] => [
  [`${imap.host}:${imap.port}`, 'IMAP'],
  [`${submission.host}:${submission.port}`, 'Submission'],
]

const mailServer = ({ mail, doors }: Plan, ports: Ports | null): string[][] =>
  mail && ports ? mailRows(mail.host, ports) : outsideRows(doors)

export interface Shown {
  plan: Plan
  url: string
  /** The ports as they were opened: 0 was replaced by what the system gave. */
  ports: Ports | null
}

const section = (title: string, lines: string[]) => ['', title, ...lines]

const accounts = ({ demo }: Plan) =>
  demo
    ? section(
        'Demo accounts',
        table(
          demo.accounts.map(({ address, password, changed }) => [
            address,
            changed ? 'the password that was chosen for it' : `password ${password}`,
          ]),
        ),
      )
    : []

const settingsLine = (home: string) =>
  `Settings: ${shortPath(home)}/posthorn.toml, shown by: npx posthorn config`

const nextSteps = ({ demo, mail, domain, home }: Plan) => {
  if (demo)
    return [
      'Sign in as one of them and write to another. Mail written here stays here.',
      'For mail of your own: write domain = "example.org" into the posthorn.toml of a new folder',
      'and start with POSTHORN_HOME set to that folder.',
    ]
  if (mail) return [`Add people with: npx posthorn user add name@${domain}`, settingsLine(home)]
  return ['Sign in as on the mail server.', settingsLine(home)]
}

export const drawScreen = ({ plan, url, ports }: Shown): string =>
  [
    '',
    `Posthorn is running:  ${url}`,
    ...accounts(plan),
    ...section('Mail server', table(mailServer(plan, ports))),
    ...section(
      'Files',
      table([
        ['data', shortPath(plan.home)],
        ['logs', `${shortPath(plan.home)}/logs`],
      ]),
    ),
    ...section(
      'Next',
      nextSteps(plan).map((line) => INDENT + line),
    ),
    '',
    'Ctrl-C stops everything.',
    '',
  ].join('\n')
