// `npm run dev` in a copy of the clone, because the test changes a file: a word is changed in an editor, and the open
// page shows it by itself.
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect as see } from '@playwright/test'
import { afterAll, beforeAll, it } from 'vitest'
import { launchBrowser } from '../e2e/servers/chromium'
import { anyPorts } from '../e2e/servers/ports'
import { repository } from '../e2e/servers/repository'
import { launch, type Running } from '../e2e/servers/running'

/** Nothing is compiled yet in the copy, and the machine has other work. */
const MOST_MS = 240_000
const SEEN_MS = 60_000
const CHANGED_AGAIN_MS = 5000

let copy = ''
let program: Running

/** Links where the file system lets it: half a gigabyte is not copied to change one word. */
const copyPackages = () => {
  const [from, to] = [join(repository, 'node_modules'), join(copy, 'node_modules')]
  if (spawnSync('cp', ['-al', from, to]).status === 0) return
  rmSync(to, { recursive: true, force: true })
  execFileSync('cp', ['-a', from, to])
}

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'posthorn-dev-'))
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: repository,
    encoding: 'utf8',
  })
  for (const file of files.split('\0').filter(Boolean)) cpSync(join(repository, file), join(copy, file))
  copyPackages()
}, MOST_MS)
afterAll(async () => {
  await program?.end('SIGTERM')
  rmSync(copy, { recursive: true, force: true })
})

it('shows a changed word in the open page', { timeout: MOST_MS }, async () => {
  const env = { ...anyPorts, POSTHORN_HOME: join(copy, 'data'), NODE_ENV: 'development' }
  program = launch({ command: process.execPath, args: ['scripts/dev.mjs'], cwd: copy, env })
  const url = await program.line((line) => /running: {2}(\S+)/.exec(line)?.[1] ?? null, SEEN_MS)
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage()
    await page.goto(`${url}/login`, { timeout: SEEN_MS })
    await see(page.getByRole('textbox', { name: 'Email address' })).toBeVisible({ timeout: SEEN_MS })
    const component = join(copy, 'components', 'shell', 'sign-in.tsx')
    const written = readFileSync(component, 'utf8')
    const renamed = page.getByRole('textbox', { name: 'Address of yours' })
    let saved = 0
    // Changed again like somebody who waits for it: what is changed while the page begins to listen is not told to it.
    await see(async () => {
      writeFileSync(component, written.replace('{auth.email}', `"Address of yours, ${++saved}"`))
      await see(renamed).toBeVisible({ timeout: CHANGED_AGAIN_MS })
    }).toPass({ timeout: SEEN_MS })
  } finally {
    await browser.close()
  }
})
