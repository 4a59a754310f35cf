// The last stage of the Dockerfile, its steps done in their order in a root of its own, and what it starts: not root, without
// capabilities, on a root that is read-only, as deploy/docker has it. What the first stage builds is what is built here.
import { readFileSync } from 'node:fs'
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
const stage = all.slice(all.findLastIndex(({ word }) => word === 'FROM') + 1)
const only = (word: string): string => stage.find((one) => one.word === word)?.rest ?? ''
const command = (text: string): string[] => JSON.parse(text.slice(text.indexOf('['))) as string[]
const quoted = (words: string[]) => words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ')

const why = whyNoRoot()
const title = (says: string) => (why ? `did not run (${why}): ${says}` : says)
let root: Root
beforeAll(async () => {
  if (why) return
  // COPY --from=build
  const [, to = ''] = /^--from=build \S+ (\S+)$/.exec(only('COPY')) ?? []
  root = await startRoot({ lower: '/', init: 'none', binds: new Map([[to, repository]]) })
})
afterAll(() => root?.stop())

const done = async (script: string) => {
  const { status, output } = await root.run(script)
  if (status !== 0) throw new Error(`${script}: ended with ${status}\n${output}`)
  return output
}

it.skipIf(why)(
  title('the steps of the image are done, and what it starts is healthy and shut in'),
  async () => {
    for (const { word, rest } of stage) if (word === 'RUN') await done(rest)
    const [user, volume] = [only('USER'), only('VOLUME')]
    // What Docker does for `read_only`, `tmpfs`, `cap_drop`, `no-new-privileges` and a volume.
    await done(`mount -t tmpfs -o mode=700,uid=$(id -u ${user}),gid=$(id -g ${user}) tmpfs ${volume}
    chmod 1777 /tmp
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
    const processes = await done(`for one in $(pgrep -x node); do
      grep -hE '^(Uid|CapEff|CapBnd|NoNewPrivs):' /proc/$one/status; done; id -u ${user}`)
    expect(processes).toContain('CapBnd')
    const uid = processes.trim().split('\n').at(-1)
    const told = (name: string) =>
      [...processes.matchAll(new RegExp(`^${name}:\\s+(\\S+)`, 'gm'))].map(([, is]) => is)
    expect(new Set(told('Uid'))).toEqual(new Set([uid]))
    expect(new Set([...told('CapEff'), ...told('CapBnd')])).toEqual(new Set(['0000000000000000']))
    expect(new Set(told('NoNewPrivs'))).toEqual(new Set(['1']))
    expect((await root.run('touch /opt/posthorn/written /etc/written')).status).not.toBe(0)
  },
  120_000,
)
