// The server as a process of its own, so that it can be killed: at any moment, or at a named durable step.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Environment } from '../../src/core/config'

const root = fileURLToPath(new URL('../..', import.meta.url))

let built: Promise<string> | null = null

/** Bundled beside the sources, so that its packages are found. */
const entry = (): Promise<string> => {
  built ??= (async () => {
    const folder = mkdtempSync(join(root, 'node_modules', '.crashing-'))
    const outfile = join(folder, 'server.mjs')
    await build({
      absWorkingDir: root,
      entryPoints: ['test/support/crashing-server.ts'],
      outfile,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      logLevel: 'warning',
    })
    return outfile
  })()
  return built
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
  const child = spawn(process.execPath, [await entry()], {
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
