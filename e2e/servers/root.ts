// A root of its own: the files of this machine or of a fresh Debian under an overlay, with processes, network, host name
// and systemd apart. What runs in it can neither write to this machine nor be reached from it. Invariants:
// - it ends with the test process: its first process is killed with its parent, and all others with it;
// - only commands that are given the machine's network can reach a package registry.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from './repository'
import { launch } from './running'

export interface RootOptions {
  /** The files it begins with: `/`, or a folder made by debootstrap. */
  lower: string
  init: 'systemd' | 'none'
  /** Folders of this machine, by where they stand in it. */
  binds?: Map<string, string>
  /** Where what is written goes. */
  place?: string
}

export interface RunOptions {
  /** `own`: nobody but what runs in the root. `machine`: the registries, too. */
  network: 'own' | 'machine'
  env?: Record<string, string>
  cwd?: string
}

export interface Ran {
  status: number
  output: string
}

export interface Root {
  run(script: string, options?: RunOptions): Promise<Ran>
  /** A file of it, as it stands. */
  read(path: string): string
  stop(): Promise<void>
}

const MOST_OUTPUT = 2_000_000
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** Where the one hierarchy of cgroup v2 is; systemd needs a branch of it. */
const cgroups = (): string | null =>
  /^\S+ (\S+) cgroup2 /m.exec(readFileSync('/proc/self/mounts', 'utf8'))?.[1] ?? null

/** Why there can be none on this machine, in one line; null when there can. */
export const whyNoRoot = (): string | null => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'a root of its own needs root on Linux'
  if (!cgroups()) return 'no cgroup v2'
  if (!existsSync('/usr/lib/systemd/systemd')) return 'not installed: systemd'
  const tried = spawnSync('unshare', ['-mnpfCiu', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'])
  return tried.status === 0 ? null : 'this machine allows no namespaces'
}

const removeBranch = (folder: string): void => {
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) removeBranch(join(folder, entry.name))
  rmdirSync(folder)
}

/** The processes in a branch of cgroup v2 and below. */
const inBranch = (folder: string): number =>
  Number(/^populated (\d)$/m.exec(readFileSync(join(folder, 'cgroup.events'), 'utf8'))?.[1] ?? 0)

const until = async (fact: () => boolean | Promise<boolean>, what: string, within = 60_000) => {
  const patience = Date.now() + within
  while (!(await fact())) {
    if (Date.now() > patience) throw new Error(what)
    await new Promise((again) => setTimeout(again, 20))
  }
}

const firstChild = (pid: number): number | null =>
  Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]) || null

const runIn =
  (inside: () => number) =>
  (script: string, { network, env = {}, cwd = '/' }: RunOptions = { network: 'own' }): Promise<Ran> =>
    new Promise((done, failed) => {
      const spaces = ['-m', '-p', '-C', '-i', '-u', ...(network === 'own' ? ['-n'] : []), '-r', '-w']
      const vars = Object.entries({ PATH, HOME: '/root', LANG: 'C.UTF-8', ...env }).map((it) => it.join('='))
      const shell = ['env', '-i', ...vars, 'bash', '-e', '-o', 'pipefail', '-c', `cd ${cwd}\n${script}`]
      const child = spawn('nsenter', ['-t', String(inside()), ...spaces, ...shell], {
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let output = ''
      for (const stream of [child.stdout, child.stderr])
        stream
          .setEncoding('utf8')
          .on('data', (chunk: string) => (output = (output + chunk).slice(-MOST_OUTPUT)))
      child.once('error', failed)
      // Not `close`: a daemon that was left behind may keep the pipe.
      child.once('exit', (code) => done({ status: code ?? -1, output }))
    })

export const startRoot = async ({
  lower,
  init,
  binds = new Map(),
  place = '/var/tmp',
}: RootOptions): Promise<Root> => {
  const folder = mkdtempSync(join(place, 'posthorn-root-'))
  for (const name of ['upper', 'work', 'root']) mkdirSync(join(folder, name))
  const branch = join(cgroups() ?? '', folder.split('/').pop() ?? '')
  mkdirSync(branch)
  const script = join(repository, 'e2e', 'servers', 'root.sh')
  const words = [script, lower, folder, init, ...[...binds].map(([to, from]) => `${from}:${to}`)]
  const enter = `echo $$ > ${join(branch, 'cgroup.procs')}; exec unshare -mnpfCiu --kill-child sh "$@"`
  const program = launch({ command: 'sh', args: ['-c', enter, 'sh', ...words] })
  let ended = false
  void program.exited.then(() => (ended = true))
  const stop = async () => {
    await program.end('SIGKILL')
    await until(() => inBranch(branch) === 0, 'something in the root would not end')
    removeBranch(branch)
    rmSync(folder, { recursive: true, force: true })
  }
  const inside = () => firstChild(program.pid) ?? 0
  const run = runIn(inside)
  // systemd opens this socket when it takes orders; without systemd the chroot is all there is to wait for.
  const isUp = async () => {
    if (ended) throw new Error(`the root did not start: ${program.output()}`)
    if (!inside()) return false
    const asked = init === 'systemd' ? 'systemctl is-system-running --wait || true' : 'true'
    const { status, output } = await run(`test -e /run/posthorn-root && ${asked}`)
    return status === 0 && (init === 'none' || /running|degraded/.test(output))
  }
  try {
    await until(isUp, `the root was not up in time: ${program.output()}`)
  } catch (error) {
    await stop()
    throw error
  }
  const read = (path: string) => readFileSync(`/proc/${inside()}/root${path}`, 'utf8')
  return { run, read, stop }
}
