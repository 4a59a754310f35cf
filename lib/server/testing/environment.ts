// The environment of a test. Invariant: it is changed here and nowhere else, and what `config()` made of it is made anew.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'

/** What `config()` once read is read again. */
const forgetConfig = () => {
  delete (globalThis as unknown as Record<symbol, unknown>)[Symbol.for('posthorn.config')]
}

/** Sets it, and gives what sets it back. */
export const environment = (wanted: Record<string, string>): (() => void) => {
  const before = Object.keys(wanted).map((name) => [name, process.env[name]] as const)
  Object.assign(process.env, wanted)
  forgetConfig()
  return () => {
    for (const [name, value] of before)
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    forgetConfig()
  }
}

/** The tests of this file have a data folder of their own, and these settings. */
export const inHome = (wanted: Record<string, string> = {}): void => {
  const ends: (() => void)[] = []
  beforeAll(() => {
    const home = mkdtempSync(join(tmpdir(), 'posthorn-home-'))
    ends.push(environment({ POSTHORN_HOME: home, ...wanted }), () =>
      rmSync(home, { recursive: true, force: true }),
    )
  })
  afterAll(() => {
    for (const end of ends) end()
  })
}
