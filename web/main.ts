import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import next from 'next'
import {
  config,
  ConfigError,
  isDevelopment,
  settleBuild,
  settleWebPort,
  tellNext,
} from '../lib/server/config'
import { log } from '../lib/server/log'
import { shutDown } from '../lib/server/shutdown'
import { database } from '../lib/server/user/db'
import { assetsOf } from './assets'
import { copyForPrefix } from './build-copy'
import { trustOf } from './forwarded'
import { giveMemoryBack } from './memory'
import { openMetrics } from './metrics'
import { takeNextsWords } from './next-words'
import { type HandleFirst, serve } from './serve'

// The web process: Next behind our own node:http server. Whatever cannot work is found before the port is
// opened, and said in one sentence; the ready line is printed when the first request would be answered.

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

const nothing: HandleFirst = () => null

const prepareNext = async () => {
  const { basePath, home, host } = config()
  if (isDevelopment()) {
    tellNext({ POSTHORN_BASE_PATH: basePath })
    return { app: next({ dev: true, dir: root, hostname: host, port: config().webPort }), assets: nothing }
  }
  takeNextsWords()
  const copy = await copyForPrefix({ root, home, prefix: basePath })
  // As Next's own standalone server does: the configuration of the build, not next.config.ts, is in force.
  tellNext({ NODE_ENV: 'production', __NEXT_PRIVATE_STANDALONE_CONFIG: copy.config })
  const app = next({ dev: false, dir: copy.folder, hostname: host, port: config().webPort })
  settleBuild(copy.id)
  return { app, assets: await assetsOf(copy, basePath) }
}

/** A program part of its own, so that it is read while the port is open already; in development Next has the newest code. */
const openDoors = async (): Promise<HandleFirst> => {
  const doors = (await import(join(root, 'dist', 'doors.mjs'))) as { answerAtDoor: HandleFirst }
  return doors.answerAtDoor
}

/** Next reads a page's code at its first request: ours, so that nobody waits for it. */
const warmUp = (port: number): void => {
  const { host, basePath } = config()
  const reachable = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  const address = reachable.includes(':') ? `[${reachable}]` : reachable
  fetch(`http://${address}:${port}${basePath}/login`).catch(() => undefined)
}

const trustedProxies = () => {
  try {
    return trustOf(config().trustedProxies)
  } catch (cause) {
    throw new ConfigError(`POSTHORN_TRUSTED_PROXIES: ${(cause as Error).message}`, { cause })
  }
}

const start = async (): Promise<void> => {
  const trusted = trustedProxies()
  await database()
  await openMetrics()
  const { app, assets } = await prepareNext()
  await app.prepare()
  let doors = nothing
  const first: HandleFirst = (...visit) => doors(...visit) ?? assets(...visit)
  const server = await serve({ handle: app.getRequestHandler(), first, trusted })
  settleWebPort(server.port)
  if (!isDevelopment())
    openDoors().then(
      (opened) => (doors = opened),
      (error: unknown) => log().error({ event: 'no-doors', err: error }, 'Next answers everything'),
    )
  warmUp(server.port)
  giveMemoryBack()
  const ready = { event: 'ready', url: config().publicUrl, port: server.port }
  process.stdout.write(`${JSON.stringify(ready)}\n`)
  let stopping = false
  const stop = async (): Promise<void> => {
    if (stopping) return
    stopping = true
    await server.close()
    await shutDown()
    process.exit(0)
  }
  // Not once: a signal to the whole group comes a second time by the parent, and would cut a send short.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop())
}

start().catch((error: unknown) => {
  if (error instanceof ConfigError) process.stderr.write(`posthorn: ${error.message}\n`)
  else log().fatal({ event: 'cannot-start', err: error }, 'cannot start')
  process.exit(1)
})
