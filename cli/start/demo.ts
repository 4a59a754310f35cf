// Demo mode: when it is chosen, what is recorded, and which passwords its accounts have. Invariants:
// - chosen for a folder only once, when it is empty and nobody set anything but host, port or folder, or when
//   asked for by --demo; recorded in demo.json, and from then on the folder's own fact;
// - the passwords everybody knows are never served on an address other machines can reach.
import { randomInt } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Settings } from '../settings'
import { LOCK_NAME } from './lock'

export const DEMO_DOMAIN = 'posthorn.test'
export const KNOWN_PASSWORD = 'posthorn'
/** As their letters are signed. */
const people = { alice: 'Alice Lund', bob: 'Bob Okafor', carol: 'Carol Jiménez' }

const record = z.object({
  created: z.string(),
  passwords: z.enum(['known', 'random']),
  accounts: z.array(
    z.object({
      address: z.string(),
      password: z.string(),
      name: z.string().optional(),
      /** Written by the web app (lib/server/auth/demo.ts): the person has a password of their own since. */
      changed: z.literal('yes').optional(),
    }),
  ),
})
export type Demo = z.output<typeof record>

export class DemoRefused extends Error {
  override readonly name = 'DemoRefused'
}

const isLoopback = (host: string) =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)

/** Host and port say where it runs, not what it is. */
const saysNothing = (key: string) => key === 'host' || key === 'mail_host' || key.endsWith('_port')

/** What a start that was refused leaves in an empty folder. */
const leftByStart = new Set(['logs', 'secret', LOCK_NAME])

const isUntouched = ({ home, given }: Settings) =>
  [...given].every(saysNothing) &&
  (!existsSync(home) || readdirSync(home).every((name) => leftByStart.has(name)))

// Without letters and digits that look alike: these are read from a screen and typed.
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'
const randomPassword = () => Array.from({ length: 16 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')

const fileOf = (home: string) => join(home, 'demo.json')

const readRecord = (home: string): Demo | null => {
  if (!existsSync(fileOf(home))) return null
  return record.parse(JSON.parse(readFileSync(fileOf(home), 'utf8')))
}

const write = (home: string, demo: Demo): Demo => {
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const fresh = `${fileOf(home)}.new`
  writeFileSync(fresh, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 })
  renameSync(fresh, fileOf(home))
  return demo
}

const makeRecord = (passwords: Demo['passwords']): Demo => ({
  created: new Date().toISOString(),
  passwords,
  accounts: Object.entries(people).map(([local, name]) => ({
    name,
    address: `${local}@${DEMO_DOMAIN}`,
    password: passwords === 'known' ? KNOWN_PASSWORD : randomPassword(),
  })),
})

export interface DemoQuestion {
  settings: Settings
  /** Every address a door or the web app will listen on. */
  hosts: string[]
  asked: 'by --demo' | 'no'
}

const refusal =
  'The demo accounts have a password that everybody knows, so they are served on this machine alone.\n' +
  'Run `npx posthorn start --demo` to give them random passwords, or leave POSTHORN_HOST and POSTHORN_MAIL_HOST unset.'

/** The demo this folder is, or null when it is not one. */
export const decideDemo = ({ settings, hosts, asked }: DemoQuestion): Demo | null => {
  const isPublic = !hosts.every(isLoopback)
  const recorded = readRecord(settings.home)
  if (recorded) {
    if (!isPublic || recorded.passwords === 'random') return recorded
    if (asked === 'no') throw new DemoRefused(refusal)
    return write(settings.home, { ...makeRecord('random'), created: recorded.created })
  }
  if (asked === 'by --demo') return write(settings.home, makeRecord(isPublic ? 'random' : 'known'))
  if (!isUntouched(settings)) return null
  if (isPublic) throw new DemoRefused(refusal)
  return write(settings.home, makeRecord('known'))
}
