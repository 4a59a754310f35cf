// kill -9 at random moments: what was acknowledged is there once and intact, UIDs are never used again, UIDVALIDITY stays.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { judge, newLedger, readLines } from './judge'
import type { Holding } from './plan'

const rounds = Number(process.env.POSTHORN_STORE_CRASH_ROUNDS ?? 8)
const firstSeed = Number(process.env.POSTHORN_STORE_CRASH_SEED ?? Date.now() % 1_000_000)
const root = fileURLToPath(new URL('../..', import.meta.url))
const program = join(root, 'dist', 'test-crash-child.mjs')
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'crash-'))
  await build({
    entryPoints: [join(root, 'test/crash/child.ts')],
    outfile: program,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The kill comes after a number of acknowledgements drawn from the seed, then at whatever the process is doing. */
const runUntilKilled = (seed: number, held: Holding[]): Promise<string> =>
  new Promise((done, failed) => {
    const child = spawn(process.execPath, [program, folder, String(seed), JSON.stringify(held)])
    const killAfter = 1 + ((seed * 7919) % 90)
    let output = ''
    let errors = ''
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      // A reindex acknowledges nothing: killed after a time drawn from the seed.
      if (seed % 5 === 0) setTimeout(() => child.kill('SIGKILL'), (seed * 31) % 300)
      if (output.split('\ndone ').length > killAfter) child.kill('SIGKILL')
    })
    child.on('close', (_code, signal) =>
      signal === 'SIGKILL' ? done(output) : failed(new Error(`the child ended by itself: ${errors}`)),
    )
  })

test(`${rounds} rounds from seed ${firstSeed}`, { timeout: 20_000 + rounds * 8_000 }, async () => {
  const ledger = newLedger()
  let held: Holding[] = []
  for (let seed = firstSeed; seed < firstSeed + rounds; seed++) {
    const output = await runUntilKilled(seed, held.slice(0, 200))
    held = await judge(folder, ledger, readLines(ledger, output))
  }
  expect(ledger.given.size).toBeGreaterThan(rounds)
})
