// One of the programs under the supervisor: started, watched, started again, ended. Invariants:
// - at most one process per part;
// - a part that was never ready is not started again: its first failure is the answer to `start`;
// - after `stop` nothing is started.
import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { createBackoff } from './backoff'
import { openLog } from './log-file'

// The part ends when its supervisor dies without a word: the channel between them closes.
const followParent =
  "data:text/javascript,process.once('disconnect',()=>process.kill(process.pid,'SIGTERM'));process.channel?.unref()"

const LINES_KEPT = 20

export interface PartSettings {
  /** As it is called in sentences: "mail server". */
  name: string
  script: string
  args: string[]
  cwd: string
  env: Record<string, string | undefined>
  logFile: string
  /** Lines are shown on the terminal too. */
  echo: boolean
  /** How long SIGTERM may take: deliveries that are under way are finished. */
  graceMs: number
  say(sentence: string): void
  /** What later runs are told besides, once the first has shown how it turned out. */
  settle?(ready: Ready): Record<string, string | undefined>
}

/** The JSON line a part prints when its doors are open. */
export type Ready = Record<string, unknown> & { event: 'ready' }

export interface Part {
  name: string
  /** Resolves when it is ready for the first time; fails with what it printed when it ends before. */
  start(): Promise<Ready>
  stop(): Promise<void>
}

const readyLine = (line: string): Ready | null => {
  if (!line.startsWith('{"event":"ready"')) return null
  try {
    return JSON.parse(line) as Ready
  } catch {
    return null
  }
}

interface Ended {
  why: string
  lastLines: string[]
}

/** The line a fault is told in: an uncaught error's, or that of a Node that ran out of memory. */
const faultLine = /^(?:Uncaught )?(?:[A-Z]\w*(?:Error|Exception)\b|FATAL ERROR:|Error:)/

const howItEnded = (code: number | null, signal: NodeJS.Signals | null, lines: string[]) => {
  const fault = lines.findLast((line) => faultLine.test(line))
  return `${signal ? `was ended by ${signal}` : `ended with code ${code}`}${fault ? ` (${fault})` : ''}`
}

interface Watched {
  child: ChildProcess
  ended: Promise<Ended>
}

const spawnPart = (
  part: PartSettings,
  write: (line: string) => void,
  onReady: (ready: Ready) => void,
): Watched => {
  const child = spawn(process.execPath, ['--import', followParent, part.script, ...part.args], {
    cwd: part.cwd,
    env: part.env as NodeJS.ProcessEnv,
    // A group of its own: Ctrl-C reaches the supervisor alone, which ends the parts in order.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const lastLines: string[] = []
  const take = (line: string) => {
    write(line)
    if (part.echo) console.log(line)
    lastLines.push(line)
    if (lastLines.length > LINES_KEPT) lastLines.shift()
    const ready = readyLine(line)
    if (ready) onReady(ready)
  }
  for (const stream of [child.stdout, child.stderr])
    if (stream) createInterface({ input: stream }).on('line', take)
  const ended = new Promise<Ended>((done) => {
    child.once('error', (error) => done({ why: error.message, lastLines }))
    // `close`, not `exit`: the last words come with it.
    child.once('close', (code, signal) => done({ why: howItEnded(code, signal, lastLines), lastLines }))
  })
  return { child, ended }
}

export class PartFailed extends Error {
  override readonly name = 'PartFailed'
}

export const createPart = (settings: PartSettings): Part => {
  const log = openLog(settings.logFile)
  const backoff = createBackoff()
  let running: Watched | null = null
  let stopping = false
  let waiting: { timer: NodeJS.Timeout; done: () => void } | null = null

  const pause = (ms: number) =>
    new Promise<void>((done) => {
      waiting = { timer: setTimeout(done, ms), done }
    })

  let settled: Record<string, string | undefined> = {}

  const run = (onReady: (ready: Ready) => void) => {
    running = spawnPart({ ...settings, env: { ...settings.env, ...settled } }, log.write, onReady)
    return running.ended
  }

  /** The life of the part after it was ready once. */
  const keepAlive = async (first: Promise<Ended>, firstStarted: number) => {
    let [ended, started] = [first, firstStarted]
    for (;;) {
      const { why } = await ended
      running = null
      if (stopping) return
      const wait = backoff.next(Date.now() - started)
      settings.say(
        `The ${settings.name} ${why}; starting it again in ${wait / 1000} s. Why: ${settings.logFile}`,
      )
      await pause(wait)
      if (stopping) return
      started = Date.now()
      ended = run(() => settings.say(`The ${settings.name} runs again.`))
    }
  }

  const start = () =>
    new Promise<Ready>((done, failed) => {
      const started = Date.now()
      let wasReady = false
      const ended = run((ready) => {
        if (wasReady) return
        wasReady = true
        settled = settings.settle?.(ready) ?? {}
        done(ready)
        void keepAlive(ended, started)
      })
      void ended.then(({ why, lastLines }) => {
        if (!wasReady) failed(new PartFailed(`The ${settings.name} ${why}.\n${lastLines.join('\n')}`))
      })
    })

  const stop = async () => {
    stopping = true
    if (waiting) {
      clearTimeout(waiting.timer)
      waiting.done()
    }
    if (running) {
      const { child, ended } = running
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), settings.graceMs)
      await ended
      clearTimeout(late)
    }
    log.close()
  }
  return { name: settings.name, start, stop }
}
