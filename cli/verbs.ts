// The verbs. Those of the mail server are its own program's: they are handed over, arguments and exit code.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { backUp, CannotBackUp } from './backup/backup'
import { loadConfig } from '@/lib/server/config'
import { installation } from './paths'
import { PortTaken } from './ports/choose'
import { readSettings, type Environment } from './settings'
import { showSettings } from './show-settings'
import { DemoRefused } from './start/demo'
import { AlreadyRunning } from './start/lock'
import { CannotStart } from './start/plan'
import { start } from './start/start'
import { PartFailed } from './supervisor/part'

export interface Verb {
  says: string
  run(args: string[], env: Environment): Promise<number>
}

const mailserverProgram = 'mailserver/bin/posthorn-mail.cjs'
const webProgram = 'dist/web.mjs'

const handOver = (script: string, args: string[], env: Environment): Promise<number> =>
  new Promise((done) => {
    const child = spawn(process.execPath, [join(installation, script), ...args], {
      env: { ...env, NODE_ENV: 'production', POSTHORN_HOME: readSettings(env).home },
      stdio: 'inherit',
    })
    const pass = (signal: NodeJS.Signals) => child.kill(signal)
    process.on('SIGINT', () => undefined).on('SIGTERM', pass)
    child.once('close', (code) => done(code ?? 1))
  })

/** What a person can mend is a sentence; anything else is a fault of ours and keeps its stack. */
const explain = (error: unknown): string => {
  const sentences = [AlreadyRunning, PortTaken, DemoRefused, CannotStart, PartFailed, CannotBackUp]
  if (
    error instanceof Error &&
    (sentences.some((kind) => error instanceof kind) || error.name === 'ConfigError')
  )
    return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

const untilTold = () =>
  new Promise<void>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => done())
  })

const runStart = async (args: string[], env: Environment): Promise<number> => {
  const unknown = args.find((arg) => arg !== '--demo' && arg !== '--dev')
  if (unknown) {
    console.error(`start knows no ${unknown}. It takes: --demo`)
    return 64
  }
  const told = untilTold()
  // For `npm run dev`: Next compiles on demand, and what it says belongs on the terminal.
  const dev = args.includes('--dev')
  const web = { script: webProgram, args: [], env: dev ? { NODE_ENV: 'development' } : {}, echo: dev }
  const demo = args.includes('--demo') ? 'by --demo' : 'no'
  try {
    const starting = start({ env, demo, web, say: (sentence) => console.log(sentence) })
    const running = await Promise.race([starting, told.then(() => null)])
    if (running) await told
    console.log('\nStopping: deliveries under way are finished first.')
    await (running ?? (await starting)).stop()
    return 0
  } catch (error) {
    console.error(`\n${explain(error)}`)
    return 1
  }
}

const runBackup = async ([folder, ...more]: string[], env: Environment): Promise<number> => {
  if (!folder || folder.startsWith('-') || more.length > 0) {
    console.error('Usage: npx posthorn backup FOLDER (one that does not exist yet)')
    return 64
  }
  try {
    const { home } = readSettings(env)
    const { database } = loadConfig({ ...env, POSTHORN_HOME: home }).config
    const taken = await backUp({ home, database, folder })
    console.log(
      `${folder} holds ${taken.messages} messages, ${taken.databases} databases and ${taken.files} other files.`,
    )
    return 0
  } catch (error) {
    console.error(`posthorn backup: ${explain(error)}`)
    return 1
  }
}

const help = (): number => {
  const width = Math.max(...Object.keys(verbs).map((name) => name.length))
  console.log('Usage: npx posthorn <verb>\n')
  for (const [name, { says }] of Object.entries(verbs)) console.log(`  ${name.padEnd(width)}  ${says}`)
  return 0
}

const ofTheMailServer = (name: string, says: string): Verb => ({
  says,
  run: (args, env) => handOver(mailserverProgram, [name, ...args], env),
})

export const verbs: Record<string, Verb> = {
  setup: ofTheMailServer('setup', 'Make this a mail server for a domain, and say what to publish in DNS'),
  check: ofTheMailServer('check', 'Look at DNS, doors, certificate and permissions, and for an open relay'),
  start: { says: 'Start the mail server and the web app (--demo: with demo accounts)', run: runStart },
  web: { says: 'Start the web app alone', run: (args, env) => handOver(webProgram, args, env) },
  mailserver: {
    says: 'Start the mail server alone',
    run: (args, env) => handOver(mailserverProgram, ['serve', ...args], env),
  },
  user: ofTheMailServer('user', 'Add, list and remove the people of the mail server'),
  alias: ofTheMailServer('alias', 'Other names that lead to people here'),
  domain: ofTheMailServer('domain', 'Domains whose mail is kept here'),
  queue: ofTheMailServer('queue', 'What waits, why, and what to do about it'),
  log: ofTheMailServer('log', 'What went through: log summary'),
  reindex: ofTheMailServer('reindex', "Make a mailbox's database anew from its Maildir"),
  export: ofTheMailServer('export', 'Prepare a mailbox for another server (--dovecot ADDRESS)'),
  backup: { says: 'Copy everything into a new folder, while it runs: backup FOLDER', run: runBackup },
  config: { says: 'Show the settings in force, secrets masked', run: async (_, env) => showSettings(env) },
  help: { says: 'Show this', run: async () => help() },
}
