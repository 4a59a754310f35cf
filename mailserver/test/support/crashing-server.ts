// The server with a trapdoor: POSTHORN_TEST_CRASH=step:n kills it with SIGKILL the n-th time that step is reached;
// POSTHORN_TEST_BREAK=step lets what is done there fail, every time.
import { readConfig } from '../../src/core/config'
import { createLog } from '../../src/core/log'
import { serve } from '../../src/serve'

const [step = '', nth = '1'] = (process.env.POSTHORN_TEST_CRASH ?? '').split(':')
let left = Number(nth)

const server = await serve(
  readConfig(),
  createLog('warn', (line) => process.stdout.write(`${line}\n`)),
  {
    step: (name) => {
      if (name === process.env.POSTHORN_TEST_BREAK) throw new Error('broken by the test')
      if (name === step && --left === 0) process.kill(process.pid, 'SIGKILL')
    },
  },
)
process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)))
process.stdout.write(`${JSON.stringify({ event: 'ready', doors: server.doors })}\n`)
