// docs/self-hosting.md, "The classic trio", followed from its first block to its last in a fresh Debian 13, and without what
// it fetches in a root made of this machine: see web/trio.integration.test.ts. `-- trio FOLDER` takes a root that is there.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from '../build.mjs'
import { root } from '../steps.mjs'

const ended = (program, ...args) => spawnSync(program, args, { stdio: 'inherit' }).status === 0

/** Enough that systemd starts and packages can be had, and the authorities that this machine believes. */
const makeRoot = (folder) => {
  if (!existsSync('/usr/sbin/debootstrap')) ended('apt-get', 'install', '--yes', 'debootstrap')
  const packages = 'systemd,systemd-sysv,dbus,ca-certificates,iproute2'
  if (!ended('debootstrap', '--variant=minbase', `--include=${packages}`, 'trixie', folder)) return false
  return true
}

const follow = (fresh) => {
  const env = { ...process.env, NO_COLOR: '1', ...(fresh ? { POSTHORN_FRESH_DEBIAN: fresh } : {}) }
  const args = ['vitest', 'run', '--project', 'integration', 'web/trio.integration.test.ts']
  const { status, stdout } = spawnSync('npx', args, {
    cwd: root,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  console.log(stdout)
  const steps = [...stdout.matchAll(/^(\S.*): ([\d.]+) s$/gm)].map(([, section, seconds]) => ({
    section,
    seconds: Number(seconds),
  }))
  return {
    debian: /on Debian (\d+)/.exec(stdout)?.[1] ?? null,
    fresh: Boolean(fresh),
    steps,
    ok: status === 0,
  }
}

export const run = async ({ args }) => {
  await build()
  const folder = args[0] ? null : mkdtempSync(join(tmpdir(), 'posthorn-debian-'))
  try {
    if (folder && !makeRoot(folder)) return { passed: 0, failed: 1, reason: 'debootstrap failed' }
    const fresh = args[0] ?? folder
    const authorities = 'usr/local/share/ca-certificates'
    if (existsSync(`/${authorities}`))
      cpSync(`/${authorities}`, join(fresh, authorities), { recursive: true })
    // Where this machine keeps what is passing need not be there.
    ended('env', '--unset=TMPDIR', 'chroot', fresh, 'update-ca-certificates')
    const walks = [follow(fresh), follow(null)]
    const passed = walks.filter(({ ok }) => ok).length
    return { walks, passed, failed: walks.length - passed }
  } finally {
    if (folder) rmSync(folder, { recursive: true, force: true })
  }
}
