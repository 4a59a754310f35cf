// Every browser story in front of every server, where `npm test` tells most of them in front of one: see e2e/sample.ts.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from '../build.mjs'
import { root } from '../steps.mjs'
import { readPlaywright } from '../test/reports.mjs'

export const run = async ({ args }) => {
  await build()
  const folder = mkdtempSync(join(tmpdir(), 'posthorn-stories-'))
  const report = join(folder, 'stories.json')
  const command = [
    'playwright',
    'test',
    '--config',
    'e2e/playwright.config.ts',
    '--reporter=line,json',
    ...args,
  ]
  // A busy machine gets a second try, as in CI; which stories needed it is kept.
  spawnSync('npx', [...command, '--retries=1'], {
    cwd: root,
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: report, POSTHORN_STORY_SEED: '' },
    stdio: 'inherit',
  })
  const { passed, failed, again, failures, absent } = readPlaywright(report) ?? { passed: 0, failed: 1 }
  rmSync(folder, { recursive: true, force: true })
  return { passed, failed, again, failures, skipped: absent }
}
