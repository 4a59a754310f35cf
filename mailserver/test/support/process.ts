// The server as a process of its own, so that it can be killed: at any moment, or at a named durable step.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Environment } from '../../src/core/config'

const root = fileURLToPath(new URL('../..', import.meta.url))

const built = new Map<string, Promise<string>>()

/** Bundled beside the sources, so that its packages are found. */
export const bundle = (source: string): Promise<string> => {
  const making = built.get(source) ?? bundleAnew(source)
  built.set(source, making)
  return making
}
const bundleAnew = async (source: string): Promise<string> => {
  mkdirSync(join(root, 'node_modules'), { recursive: true })
  const folder = mkdtempSync(join(root, 'node_modules', '.crashing-'))
  await build({
    absWorkingDir: root,
    entryPoints: { program: source },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    splitting: true,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
  })
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'program.mjs')
}

/** The command line as one file that Node runs. */
export const programFile = (): Promise<string> => bundle('src/main.ts')

/** One run of the command line; answers what it printed and how it ended. */
export const runVerb = async (env: Environment, args: readonly string[], input = '') => {
  const program = await programFile()
  const child = spawn(process.execPath, [program, ...args], { env: { PATH: process.env.PATH, ...env } })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  // A verb may end before it has read, or without reading, what it is given (EPIPE).
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const code = await new Promise<number | null>((done) => child.once('close', done))
  return { code, stdout, stderr }
}

export interface ServerProcess {
  doors: Record<string, number>
  child: ChildProcess
  /** Resolves with how it ended. */
  ended: Promise<string>
  kill(): Promise<void>
  /** SIGTERM; answers the exit code. */
  stop(): Promise<number | null>
}

export const startProcess = async (env: Environment): Promise<ServerProcess> => {
  const child = spawn(process.execPath, [await bundle('test/support/crashing-server.ts')], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<string>((done) =>
    child.once('exit', (code, signal) => done(signal ?? String(code))),
  )
  const doors = await new Promise<Record<string, number>>((done, fail) => {
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      const fact = JSON.parse(line) as { event: string; doors?: Record<string, number> }
      if (fact.event === 'ready') done(fact.doors ?? {})
    })
    void ended.then((how) => fail(new Error(`the server ended before it was ready: ${how}`)))
  })
  return {
    doors,
    child,
    ended,
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    stop: async () => {
      child.kill('SIGTERM')
      await ended
      return child.exitCode
    },
  }
}
