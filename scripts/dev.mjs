// `npm run dev`: everything `npm start` runs, with the web app hot: what is changed is seen at once.
// `npm run dev -- dovecot` puts it in front of Debian's Dovecot and Postfix instead of the bundled server.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { build } from './build.mjs'
import { orSay, prepare } from './prepare.mjs'

const onDebian = process.argv[2] === 'dovecot'
await orSay(async () => {
  await prepare()
  await build([...(onDebian ? [] : ['mail server']), 'command line', 'web server'])
})

const children = []
const start = (args, options = {}) => {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options })
  children.push(child)
  child.once('exit', (code) => stop(code ?? 1))
  return child
}
let stopping = false
const stop = (code) => {
  if (stopping) return
  stopping = true
  for (const child of children) child.kill('SIGTERM')
  process.exitCode = code
}
process.on('SIGINT', () => stop(0))
process.on('SIGTERM', () => stop(0))

/** Starts the peers and gives the settings that put the web app in front of them. */
const debian = async () => {
  const mail = start(['--import', 'tsx', 'e2e/servers/hold.ts', 'dovecot'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: mail.stdout })) {
    if (!line.startsWith('{"event":"ready"')) continue
    const { imap, submission, users } = JSON.parse(line)
    for (const { address, password } of Object.values(users)) console.log(`${address}  password ${password}`)
    return {
      POSTHORN_IMAP: `imap://${imap.host}:${imap.port}`,
      POSTHORN_SUBMISSION: `smtp://${submission.host}:${submission.port}`,
    }
  }
  throw new Error('Dovecot and Postfix did not start')
}

const home = process.env.POSTHORN_HOME ?? (onDebian ? 'data/dev-dovecot' : 'data/dev')
const env = { ...process.env, POSTHORN_HOME: home, ...(onDebian ? await debian() : {}) }
start(['dist/posthorn.mjs', 'start', '--dev'], { env })
