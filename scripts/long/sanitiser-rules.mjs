// Is every rule of the sanitiser held by a test? Each of lib/server/html/testing/rules.json is taken out of the
// source, alone, in memory; then a test must fail.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../steps.mjs'

const tests = ['lib/server/html/sanitise.test.ts', 'lib/server/html/rules.test.ts']
const rules = JSON.parse(readFileSync(join(root, 'lib/server/html/testing/rules.json'), 'utf8'))

const testsWithout = (rule) =>
  new Promise((done) => {
    const args = [
      'vitest',
      'run',
      '--config',
      'scripts/test/without-a-rule.config.ts',
      '--bail',
      '1',
      ...tests,
    ]
    const env = { ...process.env, POSTHORN_WITHOUT_RULE: rule, NO_COLOR: '1' }
    const child = spawn('npx', args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    child.once('close', (code) => done({ code, output }))
  })

/** A test that ran and failed: a program that never began proves nothing. */
const failing = (output) => /FAIL\s+(?:\|unit\|\s+)?\S+\s+>\s+(.*)/.exec(output)?.[1] ?? null

export const run = async ({ args }) => {
  const whole = await testsWithout('')
  if (whole.code !== 0) throw new Error(`with every rule in its place the tests fail:\n${whole.output}`)
  const asked = args[0] ? rules.filter(({ rule }) => rule.includes(args[0])) : rules
  const results = []
  for (const { rule } of asked) {
    const { output } = await testsWithout(rule)
    const by = failing(output)
    console.log(`${by ? 'held' : 'NOT HELD'}  ${rule}${by ? `: ${by}` : ''}`)
    results.push({ rule, heldBy: by })
  }
  const held = results.filter(({ heldBy }) => heldBy)
  return { rules: results, passed: held.length, failed: results.length - held.length }
}
