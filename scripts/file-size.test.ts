import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

// Lint holds the programs themselves to 500 lines; here tests, scripts, styles and what deploys them are held too.
const most = 500
const source = /\.(ts|tsx|mjs|cjs|js|css|sh|py)$/
const notOurs = new Set(['node_modules', 'dist', 'data', 'fixtures', 'test-results', 'playwright-report'])

const filesUnder = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => !name.startsWith('.') && !notOurs.has(name))
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? filesUnder(path) : source.test(path) ? [path] : []))

const linesOf = (path: string) => readFileSync(path, 'utf8').split('\n').length - 1

test(`no source file is longer than ${most} lines`, () => {
  const files = filesUnder('.')
  expect(files.length).toBeGreaterThan(300)
  expect(files.filter((path) => linesOf(path) > most)).toEqual([])
})
