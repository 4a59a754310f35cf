// The last stage of the Dockerfile, its steps done in their order in a root of its own, and what it starts: not root, without
// capabilities, on a root that is read-only, as deploy/docker has it. What the first stage builds is what is built here;
// `npm run test:long -- image` does its steps, too, on what is committed.
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { repository } from '../e2e/servers/repository'
import { type Root, startRoot, whyNoRoot } from '../e2e/servers/root'

interface Instruction {
  word: string
  rest: string
}

const instructions = (text: string): Instruction[] =>
  text
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim())
    .map((line) => ({
      word: line.split(' ')[0] ?? '',
      rest: line.slice(line.indexOf(' ') + 1).replace(/\s+/g, ' '),
    }))

const all = instructions(readFileSync(join(repository, 'Dockerfile'), 'utf8'))
const last = all.findLastIndex(({ word }) => word === 'FROM')
const stage = all.slice(last + 1)
const buildStage = all.slice(1, last)
const only = (word: string): string => stage.find((one) => one.word === word)?.rest ?? ''
const command = (text: string): string[] => JSON.parse(text.slice(text.indexOf('['))) as string[]
const quoted = (words: string[]) => words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ')

const why = whyNoRoot()
const title = (says: string) => (why ? `did not run (${why}): ${says}` : says)
const whole = process.env.POSTHORN_IMAGE_STAGES === 'both'
const context = '/mnt/context'
let folder = ''
let root: Root

/** What is committed, without what .dockerignore leaves out. */
const writeContext = () => {
  folder = mkdtempSync(join(tmpdir(), 'posthorn-image-'))
  // `cp` gives the context's own mode to where it is copied, which COPY does not.
  chmodSync(folder, 0o755)
  const archive = execFileSync('git', ['archive', 'HEAD'], { cwd: repository, maxBuffer: 512 * 1024 * 1024 })
  execFileSync('tar', ['-x', '-C', folder], { input: archive })
  for (const name of readFileSync(join(repository, '.dockerignore'), 'utf8').split('\n').filter(Boolean))
    if (!name.includes('*')) rmSync(join(folder, name), { recursive: true, force: true })
}

beforeAll(async () => {
  if (why) return
  // COPY --from=build
  const [, to = ''] = /^--from=build \S+ (\S+)$/.exec(only('COPY')) ?? []
  if (whole) writeContext()
  const binds = new Map([whole ? [context, folder] : [to, repository]])
  root = await startRoot({ lower: '/', init: 'none', binds })
})
afterAll(async () => {
  await root?.stop()
  if (folder) rmSync(folder, { recursive: true, force: true })
  // What both stages wrote are many files.
}, 600_000)

const done = async (script: string) => {
  const { status, output } = await root.run(script)
  if (status !== 0) throw new Error(`${script}: ended with ${status}\n${output}`)
  return output
}

const copied = (rest: string): string => {
  const words = rest.split(' ')
  const to = words.pop() ?? ''
  const copies = words.map((word) => `cp -a '${context}/${word === '.' ? './.' : word}' '${to}'`)
  return [`mkdir -p '${to}'`, ...copies].join('\n')
}

/** In their order, each where the WORKDIR before it says. */
const buildIt = async () => {
  let cwd = '/'
  for (const { word, rest } of buildStage) {
    const began = Date.now()
    if (word === 'WORKDIR') await done(`mkdir -p ${(cwd = rest)}`)
    const script = word === 'RUN' ? rest : word === 'COPY' ? copied(rest) : null
    if (script === null) continue
    const env = { NODE_EXTRA_CA_CERTS: '/etc/ssl/certs/ca-certificates.crt' }
    const { status, output } = await root.run(script, { network: 'machine', cwd, env })
    if (status !== 0) throw new Error(`${word} ${rest}: ended with ${status}\n${output.slice(-10_000)}`)
    // What it left running ends with its step.
    await root.run('kill -9 -1 2> /dev/null || true')
    console.log(`${word} ${rest.slice(0, 60)}: ${Math.round((Date.now() - began) / 100) / 10} s`)
  }
}

it.skipIf(why)(
  title('the steps of the image are done, and what it starts is healthy and shut in'),
  async () => {
    if (whole) await buildIt()
    for (const { word, rest } of stage) if (word === 'RUN') await done(rest)
    const [user, volume] = [only('USER'), only('VOLUME')]
    // What Docker does for `read_only`, `tmpfs`, `cap_drop`, `no-new-privileges` and a volume.
    await done(`mount -t tmpfs -o mode=700,uid=$(id -u ${user}),gid=$(id -g ${user}) tmpfs ${volume}
    chmod 1777 /tmp
    if mountpoint -q /opt/posthorn; then mount -o remount,bind,ro /opt/posthorn; fi
    mount -o remount,ro /`)
    const as = `setpriv --reuid=${user} --regid=${user} --clear-groups --no-new-privs --inh-caps=-all --bounding-set=-all`
    const inside = `cd ${only('WORKDIR')} && ${as} env -i PATH="$PATH" ${only('ENV')}`
    const start = quoted([...command(only('ENTRYPOINT')), ...command(only('CMD'))])
    await done(`(${inside} POSTHORN_IMAP=imap://127.0.0.1:1 POSTHORN_SUBMISSION=smtp://127.0.0.1:1 \\
    POSTHORN_DOMAIN=example.org ${start} > /tmp/web.log 2>&1 & )`)
    const health = `${inside} ${quoted(command(only('HEALTHCHECK')))}`
    const patience = Date.now() + 60_000
    while ((await root.run(health)).status !== 0)
      if (Date.now() > patience) throw new Error(`not healthy: ${await done('cat /tmp/web.log')}`)
    // What a step of the build left has ended, and nobody in here asks how.
    const processes = await done(`for one in $(pgrep -x node); do
      grep -q '^State:[[:space:]]*Z' /proc/$one/status ||
        grep -hE '^(Uid|CapEff|CapBnd|NoNewPrivs):' /proc/$one/status; done; id -u ${user}`)
    expect(processes).toContain('CapBnd')
    const uid = processes.trim().split('\n').at(-1)
    const told = (name: string) =>
      [...processes.matchAll(new RegExp(`^${name}:\\s+(\\S+)`, 'gm'))].map(([, is]) => is)
    expect(new Set(told('Uid'))).toEqual(new Set([uid]))
    expect(new Set([...told('CapEff'), ...told('CapBnd')])).toEqual(new Set(['0000000000000000']))
    expect(new Set(told('NoNewPrivs'))).toEqual(new Set(['1']))
    for (const place of ['/opt/posthorn', '/etc'])
      expect((await root.run(`touch ${place}/written`)).status, place).not.toBe(0)
  },
  whole ? 3_600_000 : 120_000,
)
