// Runs the server until SIGTERM or SIGINT: doors close first, deliveries under way are finished, then it goes.
import { readConfig } from '../core/config'
import { createLog } from '../core/log'
import { giveMemoryBack } from '../core/memory'
import { serve } from '../serve'
import type { Run } from './usage'

const longestGoodbye = 20_000

/** A write to a pipe or file stops everything else for its time: lines of one turn of the loop go out together. */
const createLineWriter = (stream: NodeJS.WriteStream) => {
  let lines: string[] = []
  const flush = () => {
    const text = lines.join('')
    lines = []
    if (text) stream.write(text)
  }
  return {
    flush,
    line: (line: string) => {
      if (lines.push(`${line}\n`) === 1) setImmediate(flush)
    },
  }
}

export const run: Run = async () => {
  const config = readConfig()
  const out = createLineWriter(process.stdout)
  const log = createLog(config.log_level, out.line)
  const server = await serve(config, log)
  let leaving = false
  const leave = (signal: string) => {
    if (leaving) return
    leaving = true
    log.info('stopping', { signal })
    const exit = (code: number) => {
      out.flush()
      process.exit(code)
    }
    setTimeout(() => exit(1), longestGoodbye).unref()
    server.stop().then(
      () => exit(0),
      (error: unknown) => {
        log.error('stop-failed', { error: String(error) })
        exit(1)
      },
    )
  }
  process.on('SIGTERM', () => leave('SIGTERM'))
  process.on('SIGINT', () => leave('SIGINT'))
  process.on('SIGHUP', () => server.reload())
  process.on('unhandledRejection', (error) => log.error('unhandled', { error: String(error) }))
  giveMemoryBack()
  out.flush()
  process.stdout.write(`${JSON.stringify({ event: 'ready', doors: server.doors })}\n`)
}
