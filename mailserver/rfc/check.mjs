// Is the protocol table true? Every file it names cites its RFC, and every RFC that the rooms of the protocols cite is in it.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const rows = readFileSync(join(root, 'rfc', 'README.md'), 'utf8')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => /^\d+$/.test(cells[1] ?? ''))

const cited = new Map()
const source = join(root, 'src')
const rooms = /^(imap|pop3|sasl|smtp|queue|delivery|checks|directory)[/\\]/
for (const name of readdirSync(source, { recursive: true }).map(String)) {
  if (!rooms.test(name) || !name.endsWith('.ts') || name.endsWith('.test.ts')) continue
  const text = readFileSync(join(source, name), 'utf8')
  for (const [, number] of text.matchAll(/RFC (\d+)/g))
    cited.set(number, [...(cited.get(number) ?? []), name])
}

const problems = []
for (const [, number, , , where] of rows) {
  const file = join(root, where)
  if (!existsSync(file)) problems.push(`RFC ${number}: ${where} does not exist`)
  else if (!readFileSync(file, 'utf8').includes(`RFC ${number}`))
    problems.push(`RFC ${number}: ${where} does not cite it`)
}
const listed = new Set(rows.map(([, number]) => number))
const floor = new Set(['2045', '5322', '7914'])
for (const [number, files] of cited) {
  if (!listed.has(number) && !floor.has(number))
    problems.push(`RFC ${number}: cited in ${files[0]}, not in the table`)
}
for (const problem of problems) console.error(problem)
process.exitCode = problems.length > 0 ? 1 : 0
