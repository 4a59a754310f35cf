// Composition root of the running server: the only place that wires the rooms to one another.
import { join } from 'node:path'
import { openDkim } from './checks/dkim'
import type { DNSResolver } from 'mailauth'
import { createSenderChecks } from './checks/sender'
import { createSpamFilter } from './checks/spam'
import { openControl } from './control'
import { countQueue, openMetrics } from './control/metrics'
import { realClock, type Clock } from './core/clock'
import type { Config } from './core/config'
import type { Watch } from './core/doors'
import type { Log } from './core/log'
import { explainPort, openOnes } from './core/listen'
import { createMetrics } from './core/metrics'
import { parseNetworks } from './core/network'
import { openCertificate, type Certificate } from './core/tls'
import { createDelivery } from './delivery'
import { createCapture } from './delivery/capture'
import { createCarrier } from './delivery/carrier'
import { systemResolver, type Resolver } from './delivery/mx'
import { createSendAway } from './delivery/remote'
import { createExpander } from './delivery/expand'
import { openSts } from './delivery/sts'
import { fetchPolicy } from './delivery/sts-fetch'
import { createReports } from './delivery/report'
import { createStores } from './delivery/stores'
import { openDirectory, type AdministeredDirectory } from './directory'
import { openQueue } from './queue'
import { createImapServer } from './imap'
import { createPop3Server } from './pop3'
import { openDoors } from './smtp/doors'
import { openPickup } from './smtp/pickup'
import { createStore } from './store'
import type { Store } from './store/contract'

export interface RunningServer {
  doors: Record<string, number>
  /** Queue empty and nothing under way. */
  idle(): Promise<void>
  reload(): void
  stop(): Promise<void>
}

/** What tests put in the place of the world outside. */
export interface ServeParts {
  clock: Clock
  resolver: Resolver
  /** Where other servers listen: 25, but for tests on loopback. */
  remotePort: number
  /** DNS as the sender checks ask it. */
  checkNames: DNSResolver
  fetchPolicy: (host: string) => Promise<string>
  step: (name: string) => void
}

const openStore = (config: Config, log: Log, directory: AdministeredDirectory): Store =>
  createStore({
    folder: join(config.home, 'mail', 'users'),
    log,
    quotaOf: (user) => ({
      bytes: directory.database.rows().users.get(user)?.quotaBytes ?? null,
      messages: null,
    }),
  })

interface Base {
  config: Config
  log: Log
  clock: Clock
  directory: AdministeredDirectory
  store: Store
  certificate: Certificate
  watch: Watch
}

/** Everything behind the SMTP doors: aliases, delivery here and away, reports, the queue. */
const openTransport = async (base: Base, parts: Partial<ServeParts>) => {
  const { config, log, clock, directory, store } = base
  const { resolver = systemResolver, remotePort, step } = parts
  const stores = createStores(store, clock)
  const expander = createExpander({ config, directory, log })
  const carrier = createCarrier()
  const { sign } = openDkim({ config, log })
  const sts = openSts({
    clock,
    log,
    texts: resolver.texts,
    fetch: parts.fetchPolicy ?? fetchPolicy(resolver),
    file: join(config.home, 'mail', 'sts.json'),
  })
  const outward = { config, log, resolver, carrier, sign, sts, ...(remotePort ? { port: remotePort } : {}) }
  const sendAway = config.demo ? createCapture({ stores, log }) : createSendAway(outward)
  const deliver = createDelivery({ stores, sendAway })
  const report = createReports({ config, expander, now: clock.now })
  const queue = await openQueue({ config, clock, log, deliver, report, ...(step ? { step } : {}) })
  return {
    queue,
    expander,
    stop: async () => {
      await queue.stop()
      carrier.close()
      stores.close()
    },
  }
}

const proxiesOf = (config: Config) => parseNetworks(config.proxy_protocol_hosts)

const openPop3 = async ({ config, store, directory, log, certificate, watch }: Base) => {
  const proxies = proxiesOf(config)
  const server = createPop3Server({ store, directory, log, tls: certificate, proxies, watch })
  const wanted = openOnes({ pop3: config.pop3_port, pop3s: config.pop3s_port })
  const ports = await server.listen({ host: config.mail_host, ...wanted }).catch((error: unknown) => {
    throw explainPort(error, config.mail_host, { pop3_port: config.pop3_port, pop3s_port: config.pop3s_port })
  })
  return { ports, close: () => server.close() }
}

const openImap = async ({ config, store, directory, log, certificate, watch }: Base) => {
  const server = createImapServer({
    store,
    directory,
    log,
    tls: certificate,
    proxies: proxiesOf(config),
    watch,
    folder: join(config.home, 'mail', 'spool', 'imap'),
    limits: { message: config.message_size_limit },
  })
  const wanted = openOnes({ imap: config.imap_port, imaps: config.imaps_port })
  const ports = await server.listen({ host: config.mail_host, ...wanted }).catch((error: unknown) => {
    throw explainPort(error, config.mail_host, { imap_port: config.imap_port, imaps_port: config.imaps_port })
  })
  return { ports, close: () => server.close() }
}

export const serve = async (
  config: Config,
  told: Log,
  parts: Partial<ServeParts> = {},
): Promise<RunningServer> => {
  const { clock = realClock } = parts
  const metrics = createMetrics()
  const log = metrics.counted(told)
  const certificate = await openCertificate({ config, clock, log })
  const directory = openDirectory({ config, clock, log })
  const store = openStore(config, log, directory)
  const base: Base = { config, log, clock, directory, store, certificate, watch: metrics.watch }
  if (config.demo) {
    // Its pictures are drawn as it is read, which nobody else should wait for.
    const { seedDemo } = await import('./demo/seed')
    await seedDemo({ config, directory, store, log, now: new Date(clock.now()) })
  }
  const transport = await openTransport(base, parts)
  const { queue, expander } = transport
  const checks = createSenderChecks({
    config,
    log,
    ...(parts.checkNames ? { resolver: parts.checkNames } : {}),
  })
  const spam = createSpamFilter({ config, log })
  const smtp = await openDoors({ ...base, expander, queue, checks, spam })
  const pickup = openPickup({ ...base, expander, queue, ...(parts.step ? { step: parts.step } : {}) })
  const imap = await openImap(base)
  const pop3 = await openPop3(base)
  const control = await openControl({ ...base, metrics })
  countQueue(metrics, queue, clock.now)
  const read = await openMetrics(config, metrics)
  return {
    doors: { ...smtp.ports, ...imap.ports, ...pop3.ports, ...read.ports },
    idle: queue.idle,
    reload: certificate.reload,
    stop: async () => {
      const doors = [smtp, imap, pop3, pickup, control, read]
      await Promise.all(doors.map((door) => door.close()))
      await transport.stop()
      await store.close()
      certificate.stop()
      directory.close()
    },
  }
}
