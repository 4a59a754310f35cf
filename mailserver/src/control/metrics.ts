// The metrics at a port of their own, for a Prometheus on this machine or in a private network. Off by default: nothing
// asks who reads them. The same text is given at the control socket.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Config } from '../core/config'
import { explainPort } from '../core/listen'
import type { Metrics } from '../core/metrics'
import type { Queue } from '../queue'

export const metricsType = 'text/plain; version=0.0.4; charset=utf-8'

export interface MetricsDoor {
  ports: { metrics?: number }
  close(): Promise<void>
}

export const openMetrics = async (config: Config, metrics: Metrics): Promise<MetricsDoor> => {
  const { mail_metrics_port: port, metrics_host: host } = config
  if (port === 'off') return { ports: {}, close: async () => undefined }
  const limits = { requestTimeout: 10_000, headersTimeout: 10_000, maxHeaderSize: 8192 }
  const server = createServer(limits, ({ method, url }, response) => {
    if (method !== 'GET' || url !== '/metrics') return void response.writeHead(404).end()
    response.writeHead(200, { 'content-type': metricsType, connection: 'close' }).end(metrics.text())
  })
  server.maxConnections = 16
  await new Promise<void>((done, failed) => {
    server.once('error', (error) => failed(explainPort(error, host, { mail_metrics_port: port })))
    server.listen(port, host, done)
  })
  return {
    ports: { metrics: (server.address() as AddressInfo).port },
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

/** How many wait, and for how long the first of them has. */
export const countQueue = ({ gauge }: Metrics, queue: Queue, now: () => number): void => {
  gauge({
    name: 'posthorn_mail_queue_messages',
    help: 'Messages that wait for a delivery, by state.',
    label: 'state',
    read: () => {
      const all = queue.messages()
      const held = all.filter((message) => message.held).length
      return new Map([
        ['held', held],
        ['waiting', all.length - held],
      ])
    },
  })
  gauge({
    name: 'posthorn_mail_queue_recipients',
    help: 'Recipients that wait for a delivery.',
    read: () => queue.messages().reduce((sum, { recipients }) => sum + recipients.length, 0),
  })
  gauge({
    name: 'posthorn_mail_queue_oldest_seconds',
    help: 'For how long the oldest message has been waiting.',
    read: () => {
      const oldest = queue.messages().reduce((least, { receivedAt }) => Math.min(least, receivedAt), now())
      return (now() - oldest) / 1000
    },
  })
}
