import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createBackoff } from './backoff'
import { openLog } from './log-file'

it('turns a full log over and keeps four old ones, without splitting a line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'posthorn-log-'))
  const path = join(folder, 'logs', 'web.log')
  const log = openLog(path, 100)
  for (let n = 0; n < 60; n++) log.write(`line ${String(n).padStart(3, '0')} `.padEnd(30, '.'))
  log.close()
  expect(readFileSync(path, 'utf8')).toContain('line 059')
  for (const age of [1, 2, 3, 4]) {
    expect(statSync(`${path}.${age}`).size).toBeLessThanOrEqual(100)
    expect(readFileSync(`${path}.${age}`, 'utf8')).toMatch(/^(line \d{3} \.{21}\n)+$/)
  }
  expect(existsSync(`${path}.5`)).toBe(false)
  rmSync(folder, { recursive: true })
})

it('waits longer after each failure, up to half a minute, and anew after a healthy minute', () => {
  const backoff = createBackoff()
  const waits = Array.from({ length: 9 }, () => backoff.next(10))
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000])
  expect(backoff.next(61_000)).toBe(500)
})
