// The demo's doors: known passwords stay on this machine, random ones may leave it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { realClock } from '../core/clock'
import { readConfig } from '../core/config'
import { createLog } from '../core/log'
import { openDirectory } from '../directory'
import { createStore } from '../store'
import { seedDemo } from './seed'

const log = createLog('error', () => {})
let home: string
beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'posthorn-demo-'))))
afterEach(() => rmSync(home, { recursive: true, force: true }))

const seedAt = async (host: string) => {
  const config = readConfig({ POSTHORN_HOME: home, POSTHORN_DEMO: '1', POSTHORN_MAIL_HOST: host })
  const directory = openDirectory({ config, clock: realClock, log })
  const store = createStore({ folder: join(home, 'mail', 'users'), log })
  try {
    await seedDemo({ config, directory, store, log, now: new Date() })
    const signIn = async (password: string) =>
      (await directory.authenticate('alice', password, '192.0.2.1')).ok
    return { known: await signIn('posthorn'), random: await signIn('random-one') }
  } finally {
    await store.close()
    directory.close()
  }
}

const writeRandom = () =>
  writeFileSync(
    join(home, 'demo.json'),
    JSON.stringify({
      accounts: ['alice', 'bob', 'carol'].map((name) => ({
        address: `${name}@posthorn.test`,
        password: 'random-one',
      })),
    }),
  )

test('known passwords are refused on an address that others can reach', async () => {
  await expect(seedAt('0.0.0.0')).rejects.toThrow('a password that everybody knows')
})

test(
  'random passwords from demo.json replace known ones of an earlier start',
  { timeout: 60_000 },
  async () => {
    expect(await seedAt('127.0.0.1')).toEqual({ known: true, random: false })
    writeRandom()
    expect(await seedAt('0.0.0.0')).toEqual({ known: false, random: true })
  },
)
