import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { land, type Landing } from './landing'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'landing-'))
  for (const each of ['tmp', 'new']) mkdirSync(join(folder, each))
})
afterEach(() => rmSync(folder, { recursive: true }))

const files = (which: 'tmp' | 'new') => readdirSync(join(folder, which)).sort()
const landing = (names: readonly string[], at: (name: string) => number): Landing => ({
  bytes: Buffer.from('bytes'),
  files: names.map((name) => ({
    tmp: join(folder, 'tmp', name),
    to: join(folder, 'new', name),
    start: 0,
    end: 5,
    at: at(name),
  })),
  folders: [],
  lines: [],
})

test('a file that could not be written whole leaves nothing in tmp, and the others land', async () => {
  const [landed] = await land([landing(['a', 'b'], (name) => (name === 'b' ? NaN : 0))], () => undefined)
  expect(landed).toEqual({ failed: [null, expect.any(String)] })
  expect(files('tmp')).toEqual([])
  expect(files('new')).toEqual(['a'])
  expect(readFileSync(join(folder, 'new', 'a'), 'utf8')).toBe('bytes')
})

test('neither does one that could not be synced', async () => {
  const sync = () => {
    throw new Error('EIO')
  }
  const [landed] = await land([landing(['a'], () => 0)], sync)
  expect(landed).toEqual({ failed: ['Error: EIO'] })
  expect([...files('tmp'), ...files('new')]).toEqual([])
})
