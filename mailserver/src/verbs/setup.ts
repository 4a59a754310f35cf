// posthorn-mail setup: from an empty folder to a server for a domain. Asks on a terminal for what no option says;
// from a script everything has a default or an option, and secrets are lines of standard input.
import { existsSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openDkim } from '../checks/dkim'
import { realClock } from '../core/clock'
import { readConfig, readSettings, type Config } from '../core/config'
import { Failure } from '../core/errors'
import { createLog, type Log } from '../core/log'
import { openDirectory } from '../directory'
import { canonical, split } from '../directory/addresses'
import { asZone, recordsOf } from '../site/records'
import { writeSettings, type Chosen } from '../site/settings-file'
import { longEnough, openAsker, type Asker } from './ask'
import { ownAddresses } from './check'
import { helpOn } from './help'
import type { Run } from './usage'

const options = {
  hostname: { type: 'string' },
  address: { type: 'string', multiple: true },
  certificate: { type: 'string' },
  key: { type: 'string' },
  user: { type: 'string' },
  name: { type: 'string' },
  relay: { type: 'string' },
  'relay-user': { type: 'string' },
  listen: { type: 'string' },
  json: { type: 'boolean' },
} as const

type Given = ReturnType<typeof readOptions>['values']

const readOptions = (args: string[]) => {
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    throw new Failure('refused', `${(error as Error).message}\n${helpOn('setup')}`)
  }
}

const everyAddress = (): string => {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
  return all.some(({ family }) => family === 'IPv6') ? '::' : '0.0.0.0'
}

const readableFile = (path: string): string => {
  const file = resolve(path)
  if (!existsSync(file)) throw new Failure('not-found', `${path} does not exist`)
  return file
}

/** On a terminal what is missing is asked for; elsewhere the default stands. */
const chooser =
  (asker: Asker) =>
  async (given: string | undefined, question: string, otherwise: string): Promise<string> =>
    given ?? (asker.terminal ? asker.ask(question, otherwise) : otherwise)

const chooseCertificate = async (given: Given, choose: ReturnType<typeof chooser>): Promise<Chosen> => {
  const certificate = await choose(given.certificate, 'Certificate file (empty: one of our own is made)', '')
  if (!certificate) return {}
  const key = await choose(given.key, 'File with its private key', '')
  return { tls_certificate: readableFile(certificate), tls_key: readableFile(key) }
}

const chooseRelay = async (given: Given, asker: Asker): Promise<Chosen> => {
  const choose = chooser(asker)
  const relay = await choose(given.relay, 'Relay host (empty: mail goes straight to its domain)', '')
  if (!relay) return {}
  const user = await choose(given['relay-user'], 'User name there (empty: none)', '')
  if (!user) return { relay_host: relay }
  const password = await asker.secret(`Password of ${user} at ${relay}`)
  return { relay_host: relay, relay_user: user, relay_password: password, relay_tls: 'required' }
}

const chooseUser = async (domain: string, given: Given, asker: Asker) => {
  const asked = await chooser(asker)(given.user, 'First user (empty: none yet)', '')
  if (!asked) return null
  const address = canonical(asked.includes('@') ? asked : `${asked}@${domain}`)
  if (split(address)?.domain !== domain)
    throw new Failure('bad-address', `${asked} is not an address of ${domain}`)
  const password = longEnough(await asker.secret(`Password of ${address}`))
  return { address, password, name: given.name ?? '' }
}

type FirstUser = Awaited<ReturnType<typeof chooseUser>>

const addUser = async (config: Config, log: Log, user: NonNullable<FirstUser>) => {
  const directory = openDirectory({ config, clock: realClock, log })
  try {
    await directory.addUser(user.address, user.password, user.name)
  } finally {
    directory.close()
  }
}

const say = (file: string, user: FirstUser, zone: string) =>
  process.stdout.write(
    [
      `Written: ${file}`,
      user ? `Mailbox: ${user.address}` : 'No mailbox yet: `npx posthorn user add ADDRESS` makes one',
      '',
      'Publish these in DNS:',
      '',
      zone,
      '',
      'Then: `npx posthorn start`, and `npx posthorn check` looks whether the world sees it so.',
      '',
    ].join('\n'),
  )

export const run: Run = async (args) => {
  const { values: given, positionals } = readOptions(args)
  const asker = openAsker()
  try {
    const choose = chooser(asker)
    const domain = (positionals[0] ?? (asker.terminal ? await asker.ask('Domain', '') : '')).toLowerCase()
    if (!domain) throw new Failure('refused', `which domain?\n${helpOn('setup')}`)
    const chosen: Chosen = {
      domain,
      mail_hostname: await choose(given.hostname, 'Name of this server', `mail.${domain}`),
      mail_host: given.listen ?? everyAddress(),
      ...(await chooseCertificate(given, choose)),
    }
    // In the order of the questions on a terminal: the user's password, then the relay's.
    const user = await chooseUser(domain, given, asker)
    const all = { ...chosen, ...(await chooseRelay(given, asker)) }
    const { home } = readSettings()
    const file = writeSettings(home, all)
    const config = readConfig()
    const log = createLog('warn', (line) => process.stderr.write(`${line}\n`))
    if (user) await addUser(config, log, user)
    const addresses = given.address ?? ownAddresses(config)
    const records = recordsOf({ config, addresses, dkim: openDkim({ config, log }) })
    if (given.json)
      process.stdout.write(`${JSON.stringify({ file, user: user?.address ?? null, records }, null, 2)}\n`)
    else say(file, user, asZone(records))
  } finally {
    asker.close()
  }
}
