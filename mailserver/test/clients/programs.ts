// Running the programs of other people: what is missing is said, what fails tells what it printed.
import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, test } from 'vitest'

const run = promisify(execFile)

const missing = (program: string): string | null =>
  spawnSync(program, ['--version']).error ? `did not run: ${program} is not installed` : null

/** A test that needs a program; without it the suite says so, and in CI that is a failure. */
export const withProgram = (program: string, name: string, body: () => Promise<void>): void => {
  const why = missing(program)
  describe.skipIf(why)(why ?? program, () => test(why ?? name, body, 300_000))
}

export interface Done {
  code: number
  stdout: string
  stderr: string
}

/** Answers how it ended; a program that does not end is killed. */
export const runProgram = async (
  program: string,
  args: readonly string[],
  options: { env?: Record<string, string>; timeout?: number } = {},
): Promise<Done> => {
  const { env = {}, timeout = 120_000 } = options
  try {
    const done = await run(program, [...args], {
      env: { ...process.env, ...env },
      timeout,
      maxBuffer: 64 * 1024 * 1024,
    })
    return { code: 0, ...done }
  } catch (error) {
    const failed = error as { code?: number; stdout?: string; stderr?: string }
    return { code: failed.code ?? 1, stdout: failed.stdout ?? '', stderr: failed.stderr ?? '' }
  }
}
