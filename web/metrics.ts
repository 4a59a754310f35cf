import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createServer, type Server } from 'node:http'
import { config, ConfigError } from '../lib/server/config'
import { log } from '../lib/server/log'
import { asText, gauge } from '../lib/server/metrics'
import { countJobs } from '../lib/server/user/jobs'
import { countSessions } from '../lib/server/user/sessions'

// Prometheus asks at an address of its own, which no proxy hands to the outside: GET /metrics. Off by default.

const stored = async (): Promise<string[]> => {
  const jobs = await countJobs()
  return [
    '# HELP posthorn_web_sessions Sessions that are kept, open or not.',
    '# TYPE posthorn_web_sessions gauge',
    `posthorn_web_sessions ${await countSessions()}`,
    '# HELP posthorn_web_outbox Sends in the outbox, by state.',
    '# TYPE posthorn_web_outbox gauge',
    ...jobs.map(({ state, many }) => `posthorn_web_outbox{state="${state}"} ${many}`),
  ]
}

const loopDelay = (): void => {
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  gauge('posthorn_web_loop_delay_seconds', 'The longest wait of the event loop since the last look.', () => {
    const longest = delay.max / 1e9
    delay.reset()
    return longest
  })
}

const listen = (server: Server): Promise<void> => {
  const { metricsHost, metricsPort } = config()
  return new Promise((done, failed) => {
    server.once('error', (cause) =>
      failed(new ConfigError(`POSTHORN_METRICS_PORT: cannot listen: ${cause.message}`, { cause })),
    )
    server.listen(metricsPort, metricsHost, done)
  })
}

/** Nothing where no port is named. */
export const openMetrics = async (): Promise<void> => {
  if (config().metricsPort === 0) return
  loopDelay()
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') return void response.writeHead(404).end()
    stored().then(
      (more) => {
        response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' })
        response.end(asText(more))
      },
      (error: unknown) => {
        log().error({ event: 'metrics-failed', err: error }, 'metrics failed')
        response.writeHead(500).end()
      },
    )
  })
  await listen(server)
  server.unref()
}
