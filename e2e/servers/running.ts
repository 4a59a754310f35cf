// Programs that a test starts. Invariants:
// - each runs as the leader of its own process group, so that ending it ends what it started, and nothing else;
// - a group that was started is ended when the test process exits, however it exits short of kill -9.
import { spawn, type ChildProcess } from 'node:child_process'

export interface Program {
  command: string
  args: string[]
  cwd?: string
  env?: Record<string, string>
}

export interface Running {
  pid: number
  /** Everything it printed so far: for the sentence a failed start is explained with. */
  output(): string
  /** The first line of stdout for which `read` gives something; fails when the program ends or time is up. */
  line<T>(read: (line: string) => T | null, within?: number): Promise<T>
  /** Ends the whole group and waits until its leader is gone. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>
  exited: Promise<number | null>
}

const MOST_OUTPUT = 200_000
const GRACE_MS = 10_000
const groups = new Set<number>()

const signalGroup = (leader: number, signal: NodeJS.Signals) => {
  try {
    process.kill(-leader, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

const endAll = () => groups.forEach((leader) => signalGroup(leader, 'SIGKILL'))
process.on('exit', endAll)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    // Whoever else listens for it ends the groups in an orderly way, and this process after them.
    if (process.listenerCount(signal) > 1) return
    endAll()
    process.exit(128)
  })

const watchOutput = (child: ChildProcess) => {
  let kept = ''
  let partial = ''
  const listeners = new Set<(line: string) => void>()
  const lines: string[] = []
  const keep = (chunk: string) => (kept = (kept + chunk).slice(-MOST_OUTPUT))
  child.stderr?.setEncoding('utf8').on('data', keep)
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    keep(chunk)
    const parts = (partial + chunk).split('\n')
    partial = (parts.pop() ?? '').slice(-MOST_OUTPUT)
    for (const line of parts) {
      if (lines.length < 1000) lines.push(line)
      listeners.forEach((listen) => listen(line))
    }
  })
  return { output: () => kept, lines, listeners }
}

export const launch = ({ command, args, cwd, env }: Program): Running => {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const seen = watchOutput(child)
  const exited = new Promise<number | null>((done) => {
    child.once('exit', (code) => done(code))
    child.once('error', () => done(null))
  })
  const pid = child.pid
  if (pid === undefined) throw new Error(`${command} could not be started`)
  groups.add(pid)
  void exited.then(() => groups.delete(pid))

  const line = <T>(read: (line: string) => T | null, within = 30_000) =>
    new Promise<T>((found, failed) => {
      const fail = (why: string) => {
        stop()
        failed(new Error(`${command} ${args.join(' ')}: ${why}\n${seen.output()}`))
      }
      const look = (text: string) => {
        const value = read(text)
        if (value === null) return
        stop()
        found(value)
      }
      const timer = setTimeout(() => fail(`was not ready within ${within} ms`), within)
      const stop = () => {
        clearTimeout(timer)
        seen.listeners.delete(look)
      }
      seen.listeners.add(look)
      seen.lines.forEach(look)
      void exited.then((code) => fail(`ended with ${code} before it was ready`))
    })

  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    signalGroup(pid, signal)
    const late = setTimeout(() => signalGroup(pid, 'SIGKILL'), GRACE_MS)
    const code = await exited
    clearTimeout(late)
    signalGroup(pid, 'SIGKILL')
    return code
  }
  return { pid, output: seen.output, line, end, exited }
}

/** The line of JSON with which our programs say that every door is open. */
export const readyLine = <T>(line: string): T | null => {
  if (!line.startsWith('{')) return null
  try {
    const said = JSON.parse(line) as { event?: unknown }
    return said.event === 'ready' ? (said as T) : null
  } catch {
    return null
  }
}
