// posthorn-mail log summary: reads the server's own lines from files, from standard input (`-`), or from where
// `npx posthorn start` keeps them, the oldest first.
import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { readSettings } from '../core/config'
import { Failure } from '../core/errors'
import { asJson, asText } from '../site/log/report'
import { createSummary } from '../site/log/summary'
import { usages, type Run } from './usage'

const usageFailure = (why: string) => new Failure('refused', `${why}\nusage: posthorn-mail ${usages.log}`)

const read = (args: string[]) => {
  try {
    const options = {
      day: { type: 'string' },
      top: { type: 'string', default: '10' },
      json: { type: 'boolean' },
    } as const
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    throw usageFailure((error as Error).message)
  }
}

const keptAges = ['.4', '.3', '.2', '.1', '']

const ownFiles = (): string[] => {
  const file = join(readSettings().home, 'logs', 'mailserver.log')
  const found = keptAges.map((age) => `${file}${age}`).filter((each) => existsSync(each))
  if (found.length === 0)
    throw new Failure('not-found', `${file} does not exist: name a file, or - for input`)
  return found
}

const localDay = (time: Date): string =>
  [time.getFullYear(), time.getMonth() + 1, time.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-')

/** Days are those of the administrator's clock. */
const dayFilter = (day: string | undefined): ((time: string) => boolean) => {
  if (!day) return () => true
  const words: Record<string, number> = { today: 0, yesterday: 1 }
  const ago = words[day]
  const wanted = ago === undefined ? day : localDay(new Date(Date.now() - ago * 86_400_000))
  if (!/^\d{4}-\d\d-\d\d$/.test(wanted))
    throw usageFailure(`${day} is not a day: give today, yesterday or 2026-01-31`)
  return (time) => localDay(new Date(time)) === wanted
}

const open = (file: string) => {
  if (file === '-') return process.stdin
  if (!existsSync(file)) throw new Failure('not-found', `${file} does not exist`)
  return createReadStream(file)
}

export const run: Run = async ([action, ...args]) => {
  if (action !== 'summary') throw usageFailure('what about the log?')
  const { values, positionals } = read(args)
  const top = Number(values.top)
  if (!Number.isInteger(top) || top < 1 || top > 10_000)
    throw usageFailure(`${values.top} is not a number of rows`)
  const { summary, read: take } = createSummary(dayFilter(values.day))
  for (const file of positionals.length > 0 ? positionals : ownFiles())
    for await (const line of createInterface({ input: open(file) })) take(line)
  process.stdout.write(
    values.json ? `${JSON.stringify(asJson(summary, top), null, 2)}\n` : asText(summary, top),
  )
}
