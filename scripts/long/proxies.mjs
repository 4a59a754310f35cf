// The browser stories through Debian's Apache, nginx and Caddy with the files of deploy/, in every form that
// docs/self-hosting.md knows: at `/webmail`, `/` and `/a/b`, the prefix kept and stripped, one proxy before another, `Forwarded`.
// Behind one proxy each form tells what a path can spoil, and of the others one each, so that every web server tells all of
// them; two in a row tell them all. `-- proxies [part of a form's name] [stories]`; web/proxies.integration.test.ts is asked
// about all forms, too. It goes on where an earlier run on the same commit was ended.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { build } from '../build.mjs'
import { root } from '../steps.mjs'
import { readPlaywright } from '../test/reports.mjs'

const kinds = ['nginx', 'apache', 'caddy']
const plain = ['/webmail', '/webmail stripped', '/', '/a/b', '/a/b stripped']
/** Pages, lists, events, frames of messages, uploads and downloads. */
const everywhere = ['sign-in', 'read', 'files']
const shared = ['write', 'act', 'attachments', 'search', 'folders']

const formsFor = (seed) => [
  ...kinds.flatMap((kind) =>
    plain.map((form, at) => ({
      form: `${kind} ${form}`,
      stories: [...everywhere, shared[(at + seed) % shared.length]],
    })),
  ),
  { form: 'apache /webmail, nginx in front', stories: [...everywhere, ...shared] },
  { form: 'nginx /a/b, apache in front', stories: [...everywhere, ...shared] },
  { form: 'nginx /webmail, Forwarded', stories: [...everywhere, shared[seed % shared.length]] },
]

const spawned = (args, env) =>
  spawnSync('npx', args, {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', ...env },
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'inherit'],
  })

const counted = (text, word) => Number(new RegExp(`(\\d+) ${word}\\b`).exec(text)?.[1] ?? 0)

const tell = ({ form, stories }) => {
  const folder = mkdtempSync(join(tmpdir(), 'posthorn-stories-'))
  const report = join(folder, 'stories.json')
  // A name, or a name with its line: `sign-in.story.ts:12`.
  const files = stories.map((name) => `/${name.includes('.story.ts') ? name : `${name}.story.ts`}`)
  const args = ['playwright', 'test', '--config', 'e2e/playwright.config.ts', '--project=posthorn']
  const began = Date.now()
  // A busy machine gets a second try, as in CI; which needed it is kept.
  const { stdout } = spawned([...args, '--reporter=line,json', '--retries=1', ...files], {
    POSTHORN_STORY_BEHIND: form,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  })
  const { passed, failed, again } = readPlaywright(report) ?? { passed: 0, failed: 1, again: [] }
  rmSync(folder, { recursive: true, force: true })
  const result = { form, stories, passed, failed: passed === 0 ? Math.max(1, failed) : failed, again }
  console.log(`${form}: ${passed} passed, ${result.failed} failed`)
  if (result.failed) console.log(stdout.slice(-20_000))
  return { ...result, seconds: Math.round((Date.now() - began) / 1000) }
}

const integration = 'web/proxies.integration.test.ts'

const askAll = () => {
  const { status, stdout } = spawned(['vitest', 'run', '--project', 'integration', integration], {
    POSTHORN_ALL_FORMS: '1',
  })
  if (status !== 0) console.log(stdout.slice(-20_000))
  const counts = /Tests\s+(.*)/.exec(stdout)?.[1] ?? ''
  return {
    form: integration,
    passed: counted(counts, 'passed'),
    failed: status === 0 ? 0 : Math.max(1, counted(counts, 'failed')),
  }
}

const progress = join(root, 'test-results', 'proxies-until-now.json')

/** Of this commit, and nothing that failed. */
const earlier = (commit, asked) => {
  if (asked.length > 0) return null
  const read = existsSync(progress) ? JSON.parse(readFileSync(progress, 'utf8')) : null
  return read?.commit === commit ? read : null
}

export const run = async ({ seed: given, args: [part = '', ...asked] }) => {
  const commit = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).stdout.trim()
  const { seed, results } = earlier(commit, asked) ?? { seed: given, results: [] }
  const keep = (result) => {
    results.push(result)
    if (asked.length > 0) return
    mkdirSync(dirname(progress), { recursive: true })
    const held = results.filter(({ failed }) => failed === 0)
    writeFileSync(progress, JSON.stringify({ commit, seed, results: held }))
  }
  const isTold = (form) => results.some((one) => one.form === form)
  await build()
  if (!isTold(integration)) keep(askAll())
  for (const one of formsFor(seed).filter(({ form }) => form.includes(part)))
    if (!isTold(one.form)) keep(tell(asked.length > 0 ? { ...one, stories: asked } : one))
  const sum = (key) => results.reduce((total, result) => total + result[key], 0)
  const failed = sum('failed')
  if (failed === 0) rmSync(progress, { force: true })
  return { storiesSeed: seed, results, passed: sum('passed'), failed }
}
