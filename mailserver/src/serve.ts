// Composition root of the running server: the only place that wires the rooms to one another.
import { join } from 'node:path'
import { openDkim } from './checks/dkim'
import { createSenderChecks } from './checks/sender'
import { realClock, type Clock } from './core/clock'
import type { Config } from './core/config'
import type { Log } from './core/log'
import { openCertificate } from './core/tls'
import { createDelivery } from './delivery'
import { createCapture } from './delivery/capture'
import { createCarrier } from './delivery/carrier'
import { systemResolver, type Resolver } from './delivery/mx'
import { createSendAway } from './delivery/remote'
import { createExpander } from './delivery/expand'
import { createReports } from './delivery/report'
import { createStores } from './delivery/stores'
import { openDirectory } from './directory'
import { openQueue } from './queue'
import { createImapServer } from './imap'
import { createPop3Server } from './pop3'
import { openDoors } from './smtp/doors'
import { seedDemo } from './demo/seed'
import { createStore } from './store'

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
  step: (name: string) => void
}

export const serve = async (
  config: Config,
  log: Log,
  parts: Partial<ServeParts> = {},
): Promise<RunningServer> => {
  const { clock = realClock, resolver = systemResolver, remotePort, step } = parts
  const certificate = await openCertificate({ config, clock, log })
  const directory = openDirectory({ config, clock, log })
  const store = createStore({
    folder: join(config.home, 'mail', 'users'),
    log,
    quotaOf: (user) => ({
      bytes: directory.database.rows().users.get(user)?.quotaBytes ?? null,
      messages: null,
    }),
  })
  if (config.demo) await seedDemo({ config, directory, store, log, now: new Date(clock.now()) })
  const stores = createStores(store, clock)
  const expander = createExpander({ config, directory, log })
  const carrier = createCarrier()
  const dkim = openDkim({ config, log })
  const sendAway = config.demo
    ? createCapture({ stores, log })
    : createSendAway({
        config,
        log,
        resolver,
        carrier,
        sign: dkim.sign,
        ...(remotePort ? { port: remotePort } : {}),
      })
  const deliver = createDelivery({ stores, sendAway })
  const report = createReports({ config, expander, now: clock.now })
  const queue = await openQueue({ config, clock, log, deliver, report, ...(step ? { step } : {}) })
  const checks = createSenderChecks({ config, log })
  const smtp = await openDoors({ config, clock, log, certificate, directory, expander, queue, checks })
  const pop3 = createPop3Server({ store, directory, log, tls: certificate })
  const pop3Ports = await pop3.listen({
    host: config.mail_host,
    ...(config.pop3_port === 'off' ? {} : { pop3: config.pop3_port }),
    ...(config.pop3s_port === 'off' ? {} : { pop3s: config.pop3s_port }),
  })
  const imap = createImapServer({
    store,
    directory,
    log,
    tls: certificate,
    folder: join(config.home, 'mail', 'spool', 'imap'),
    limits: { message: config.message_size_limit },
  })
  const imapPorts = await imap.listen({
    host: config.mail_host,
    ...(config.imap_port === 'off' ? {} : { imap: config.imap_port }),
    ...(config.imaps_port === 'off' ? {} : { imaps: config.imaps_port }),
  })
  return {
    doors: { ...smtp.ports, ...imapPorts, ...pop3Ports },
    idle: queue.idle,
    reload: certificate.reload,
    stop: async () => {
      await Promise.all([smtp.close(), imap.close(), pop3.close()])
      await queue.stop()
      carrier.close()
      stores.close()
      await store.close()
      certificate.stop()
      directory.close()
    },
  }
}
