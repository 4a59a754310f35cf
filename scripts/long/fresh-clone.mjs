// A clone in an empty folder, with an empty HOME and npm cache: `npm start` reaches the sign-in page with no
// other input, and Ctrl-C ends it. Ports are any free ones, so that it runs beside whatever else does.
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from '../steps.mjs'
import { emptyEnvironment } from '../test/empty-home.mjs'

const doors = ['SMTP', 'SUBMISSION', 'SMTPS', 'IMAP', 'IMAPS', 'POP3', 'POP3S', 'WEB']
const WITHIN_MS = 15 * 60_000

const anyPorts = Object.fromEntries(doors.map((door) => [`POSTHORN_${door}_PORT`, '0']))

const startAndVisit = (folder, env) =>
  new Promise((done, failed) => {
    const child = spawn('npm', ['start'], {
      cwd: folder,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const late = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), WITHIN_MS)
    let visited = null
    createInterface({ input: child.stdout }).on('line', async (line) => {
      console.log(`  ${line}`)
      const url = /running: {2}(\S+)/.exec(line)?.[1]
      if (!url) return
      const answer = await fetch(`${url}/`)
      visited = { url: answer.url, status: answer.status, form: (await answer.text()).includes('<form') }
      process.kill(-child.pid, 'SIGINT')
    })
    child.once('error', failed)
    child.once('close', (code) => {
      clearTimeout(late)
      done({ code, visited })
    })
  })

export const run = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'posthorn-fresh-'))
  const [clone, home] = [join(folder, 'posthorn'), join(folder, 'home')]
  mkdirSync(home)
  try {
    const cloned = spawnSync('git', ['clone', '--quiet', '--no-hardlinks', root, clone], { stdio: 'inherit' })
    if (cloned.status !== 0) return { passed: 0, failed: 1, reason: 'git clone failed' }
    const starts = []
    for (const which of ['first', 'second']) {
      const began = Date.now()
      const { code, visited } = await startAndVisit(clone, { ...emptyEnvironment(home), ...anyPorts })
      const reached = visited?.status === 200 && visited.url.includes('/login') && visited.form
      starts.push({ which, seconds: (Date.now() - began) / 1000, reached: Boolean(reached), code })
    }
    const failed = starts.filter(({ reached }) => !reached).length
    return { passed: starts.length - failed, failed, starts }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
