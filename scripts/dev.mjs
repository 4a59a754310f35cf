// `npm run dev`: the web app with hot reload, in front of a mail system with demo mail.
// `npm run dev -- dovecot` takes Debian's Dovecot and Postfix instead of the bundled mail server.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'

const kind = process.argv[2] ?? (existsSync('mailserver/src/main.ts') ? 'posthorn' : 'dovecot')
const home = resolve(process.env.POSTHORN_HOME ?? 'data/dev')
mkdirSync(home, { recursive: true })

const children = []
const start = (command, args, options = {}) => {
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options })
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

const mail = start(process.execPath, ['--import', 'tsx', 'e2e/servers/hold.ts', kind], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
for await (const line of createInterface({ input: mail.stdout })) {
  const ready = line.startsWith('{') ? JSON.parse(line) : null
  if (ready?.event !== 'ready') continue
  const { imap, submission, users } = ready
  for (const { address, password } of Object.values(users))
    console.log(`account ${address}, password ${password}`)
  const port = process.env.POSTHORN_WEB_PORT ?? '3000'
  start(process.execPath, ['node_modules/next/dist/bin/next', 'dev', '-H', '127.0.0.1', '-p', port], {
    env: {
      ...process.env,
      NEXT_TELEMETRY_DISABLED: '1',
      POSTHORN_HOME: home,
      POSTHORN_WEB_PORT: port,
      POSTHORN_BASE_PATH: process.env.POSTHORN_BASE_PATH ?? '/webmail',
      POSTHORN_DOMAIN: ready.domain,
      POSTHORN_IMAP: `imap://${imap.host}:${imap.port}`,
      POSTHORN_SUBMISSION: `smtp://${submission.host}:${submission.port}`,
    },
  })
}
