// The mail server copied out of the repository: installed from its own lock file into an empty home, built, and
// every one of its tests run there.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { environment } from '../prepare.mjs'
import { root } from '../steps.mjs'
import { emptyEnvironment } from '../test/empty-home.mjs'

const TESTS = 'tests.json'

export const run = () => {
  const folder = mkdtempSync(join(tmpdir(), 'posthorn-alone-'))
  const [copy, home] = [join(folder, 'mail'), join(folder, 'home')]
  mkdirSync(home)
  if (spawnSync('npm', ['run', 'pack:mailserver', '--', copy], { cwd: root, stdio: 'inherit' }).status !== 0)
    return { passed: 0, failed: 1, reason: 'npm run pack:mailserver failed' }
  const env = environment(emptyEnvironment(home))
  const ended = (program, ...args) =>
    spawnSync(program, args, { cwd: copy, env, stdio: 'inherit' }).status === 0
  try {
    const steps = {
      install: () => ended('npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error'),
      build: () => ended('npm', 'run', '--silent', 'build'),
      tests: () =>
        ended('npm', 'test', '--', '--reporter=dot', '--reporter=json', `--outputFile.json=${TESTS}`),
    }
    for (const [name, step] of Object.entries(steps))
      if (!step() && name !== 'tests') return { passed: 0, failed: 1, reason: `${name} failed` }
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(
      readFileSync(join(copy, TESTS), 'utf8'),
    )
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests }
  } catch (error) {
    return { passed: 0, failed: 1, reason: String(error) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
