// A program whose clock a test sets, by Debian's libfaketime; the machine's own goes on.
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const places = '/usr/lib'

const library = (): string | null => {
  const found = existsSync(places) ? readdirSync(places).filter((name) => name.includes('-linux-')) : []
  const files = found.map((name) => join(places, name, 'faketime', 'libfaketime.so.1'))
  return files.find((file) => existsSync(file)) ?? null
}

export const whyNoClock = (): string | null => (library() ? null : 'not installed: libfaketime')

export interface SetClock {
  /** For the program. */
  env: Record<string, string>
  /** By so many hours from what it really is, from now on. */
  set(hours: number): void
  remove(): void
}

export const makeClock = (): SetClock => {
  const folder = mkdtempSync(join(tmpdir(), 'posthorn-clock-'))
  const file = join(folder, 'clock')
  const set = (hours: number) => writeFileSync(file, `${hours < 0 ? '' : '+'}${hours * 3600}\n`)
  set(0)
  return {
    env: {
      LD_PRELOAD: library() ?? '',
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      // Timers and the counter of the machine are not set with its clock.
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      NO_FAKE_STAT: '1',
    },
    set,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
