// The browser stories through Debian's Apache, nginx and Caddy with the files of deploy/, in every form that
// docs/self-hosting.md knows: at `/webmail`, `/` and `/a/b`, the prefix kept and stripped, one proxy before another, `Forwarded`.
// `-- proxies [part of a form's name] [stories]`; web/proxies.integration.test.ts is asked about all forms, too.
import { spawnSync } from 'node:child_process'
import { build } from '../build.mjs'
import { root } from '../steps.mjs'

const kinds = ['nginx', 'apache', 'caddy']
const forms = [
  ...kinds.flatMap((kind) =>
    ['/webmail', '/webmail stripped', '/', '/a/b', '/a/b stripped'].map((form) => `${kind} ${form}`),
  ),
  'apache /webmail, nginx in front',
  'nginx /a/b, apache in front',
  'nginx /webmail, Forwarded',
]

/** All that a proxy has a part in: pages, lists, events, uploads, downloads, frames of messages, writes. */
const stories = ['sign-in', 'read', 'write', 'act', 'files', 'attachments', 'search', 'folders']

const spawned = (args, env) =>
  spawnSync('npx', args, {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', ...env },
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'inherit'],
  })

const counted = (text, word) => Number(new RegExp(`(\\d+) ${word}\\b`).exec(text)?.[1] ?? 0)

const tell = (form, asked) => {
  // A name, or a name with its line: `sign-in.story.ts:12`.
  const files = asked.map((name) => `/${name.includes('.story.ts') ? name : `${name}.story.ts`}`)
  const args = ['playwright', 'test', '--config', 'e2e/playwright.config.ts', '--project=posthorn', ...files]
  const began = Date.now()
  const { status, stdout } = spawned(args, { POSTHORN_STORY_BEHIND: form })
  const [passed, failed] = [counted(stdout, 'passed'), counted(stdout, 'failed')]
  const result = { form, passed, failed: status === 0 ? 0 : Math.max(1, failed) }
  console.log(`${form}: ${passed} passed, ${result.failed} failed`)
  if (result.failed) console.log(stdout.slice(-20_000))
  return { ...result, seconds: Math.round((Date.now() - began) / 1000) }
}

const askAll = () => {
  const test = 'web/proxies.integration.test.ts'
  const { status, stdout } = spawned(['vitest', 'run', '--project', 'integration', test], {
    POSTHORN_ALL_FORMS: '1',
  })
  if (status !== 0) console.log(stdout.slice(-20_000))
  const counts = /Tests\s+(.*)/.exec(stdout)?.[1] ?? ''
  return {
    form: test,
    passed: counted(counts, 'passed'),
    failed: status === 0 ? 0 : Math.max(1, counted(counts, 'failed')),
  }
}

export const run = async ({ args: [part = '', ...asked] }) => {
  await build()
  const told = asked.length > 0 ? asked : stories
  const results = [askAll()]
  for (const form of forms.filter((name) => name.includes(part))) results.push(tell(form, told))
  const sum = (key) => results.reduce((total, result) => total + result[key], 0)
  return { stories: told, results, passed: sum('passed'), failed: sum('failed') }
}
