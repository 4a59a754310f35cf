// `npm run check`: what must hold before each commit, in under a minute. Steps that only read run together.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'

const steps = {
  format: ['npx', 'prettier', '--check', '--log-level', 'warn', '.'],
  lint: [
    'npx',
    'eslint',
    '--max-warnings',
    '0',
    '--cache',
    '--cache-location',
    'node_modules/.cache/eslint/',
    '.',
  ],
  rooms: [
    'npx',
    'depcruise',
    '--config',
    '.dependency-cruiser.mjs',
    '--output-type',
    'err',
    ...['app', 'components', 'lib', 'web', 'cli', 'e2e', 'bench', 'mailserver/src'].filter((room) =>
      existsSync(room),
    ),
  ],
  types: ['sh', '-c', 'npx next typegen >/dev/null && npx tsc --noEmit'],
  'mail server types': ['npm', 'run', '--silent', 'types', '-w', 'mailserver'],
  unit: ['npx', 'vitest', 'run', '--project', 'unit', '--passWithNoTests', '--reporter=dot'],
  'mail server unit': [
    'npm',
    'run',
    '--silent',
    'unit',
    '-w',
    'mailserver',
    '--',
    '--passWithNoTests',
    '--reporter=dot',
  ],
}

const run = (name, [command, ...args]) =>
  new Promise((done) => {
    const started = Date.now()
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
    })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('close', (code) => {
      const seconds = ((Date.now() - started) / 1000).toFixed(1)
      console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`)
      if (code !== 0) console.log(output)
      done(code === 0)
    })
  })

const only = process.argv.slice(2)
const waiting = Object.entries(steps).filter(([name]) => only.length === 0 || only.includes(name))
let good = true
const worker = async () => {
  for (let step = waiting.shift(); step; step = waiting.shift()) good = (await run(...step)) && good
}
await Promise.all([worker(), worker()])
process.exit(good ? 0 : 1)
