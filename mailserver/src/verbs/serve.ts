// Runs the server until SIGTERM or SIGINT: doors close first, deliveries under way are finished, then it goes.
import { readConfig } from '../core/config'
import { createLog } from '../core/log'
import { serve } from '../serve'
import type { Run } from './index'

const longestGoodbye = 20_000

export const run: Run = async () => {
  const config = readConfig()
  const log = createLog(config.log_level, (line) => process.stdout.write(`${line}\n`))
  const server = await serve(config, log)
  let leaving = false
  const leave = (signal: string) => {
    if (leaving) return
    leaving = true
    log.info('stopping', { signal })
    setTimeout(() => process.exit(1), longestGoodbye).unref()
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error('stop-failed', { error: String(error) })
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', () => leave('SIGTERM'))
  process.on('SIGINT', () => leave('SIGINT'))
  process.on('SIGHUP', () => server.reload())
  process.on('unhandledRejection', (error) => log.error('unhandled', { error: String(error) }))
  process.stdout.write(`${JSON.stringify({ event: 'ready', doors: server.doors })}\n`)
}
