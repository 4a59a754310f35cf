// The SMTP doors: transfer (25), submission (587, 465) and LMTP, each an instance of smtp-server with our rules
// in its hooks. Nothing is answered with 250 before the queue says that it is on disk.
import { once } from 'node:events'
import { chmodSync, rmSync } from 'node:fs'
import { connect, type AddressInfo } from 'node:net'
import type { SMTPServerOptions } from 'smtp-server'
import type { Clock } from '../core/clock'
import type { Config } from '../core/config'
import { Failure } from '../core/errors'
import type { Watch } from '../core/doors'
import { explainPort } from '../core/listen'
import type { Log } from '../core/log'
import { isLoopback, parseNetworks } from '../core/network'
import { behindProxies } from '../core/proxy-protocol'
import type { Certificate } from '../core/tls'
import type { Expander } from '../delivery/expand'
import type { Directory } from '../directory/contract'
import type { SenderChecks } from '../checks/sender'
import type { SpamFilter } from '../checks/spam'
import type { Queue } from '../queue'
import { createHooks } from './hooks'
import { createLimits, type Limits } from './limits'
import { createDoorServer, deadline, type DoorServer } from './library'
import { reverseName } from './reverse-name'

export interface DoorParts {
  config: Config
  clock: Clock
  log: Log
  certificate: Certificate
  directory: Directory
  expander: Expander
  queue: Queue
  checks: SenderChecks
  spam: SpamFilter | null
  watch?: Watch
}

export type DoorName = 'smtp' | 'submission' | 'smtps' | 'lmtp'

export interface Doors {
  ports: Partial<Record<DoorName, number>>
  /** No new connections; a message that is being handed over is taken first. */
  close(): Promise<void>
}

const portKeys = {
  smtp: 'smtp_port',
  submission: 'submission_port',
  smtps: 'smtps_port',
  lmtp: 'lmtp_port',
} as const

const common = ({ config, certificate, directory }: DoorParts): SMTPServerOptions => ({
  ...(directory.token ? { authMethods: ['PLAIN', 'LOGIN', 'XOAUTH2'] } : {}),
  name: config.mail_hostname,
  banner: 'Posthorn',
  // Postfix's greeting names the server and nothing else; scripts that were written against it match it.
  heloResponse: '%s',
  size: config.message_size_limit,
  hideENHANCEDSTATUSCODES: false,
  hideDSN: false,
  hideREQUIRETLS: false,
  maxRecipients: config.recipient_limit,
  maxClients: config.connection_limit,
  // Silence is ended by our clock (library.ts); this is for what is no dialogue yet, or none any more.
  socketTimeout: deadline + 60_000,
  // For messages that are being handed over; who only stands there is sent away at once.
  closeTimeout: 15_000,
  resolver: { reverse: reverseName },
  useXClient: [...config.xclient_hosts],
  useXForward: [...config.xclient_hosts],
  logger: false,
  ...certificate.current(),
})

const off = (list: readonly string[]) => (list.length > 0 ? { disabledCommands: [...list] } : {})

const optionsFor = (
  name: DoorName,
  parts: DoorParts,
  from: 'this machine' | 'elsewhere',
): SMTPServerOptions => {
  const { config } = parts
  const shared = common(parts)
  // WIZ, SHELL and KILL are jokes of the library's; a server that answers them invites questions.
  const jokes = ['WIZ', 'SHELL', 'KILL']
  if (name === 'lmtp') return { ...shared, lmtp: true, ...off([...jokes, 'AUTH', 'STARTTLS']) }
  if (name === 'smtp') {
    return {
      ...shared,
      authOptional: true,
      ...off([...jokes, 'AUTH', ...(config.smtp_tls === 'off' ? ['STARTTLS'] : [])]),
    }
  }
  if (name === 'smtps') return { ...shared, secure: true, ...off(jokes) }
  const noTls = config.submission_tls === 'off' ? ['STARTTLS'] : []
  // Whatever the door allows: a password in the clear is for loopback alone, as with smtpd_tls_auth_only.
  return { ...shared, allowInsecureAuth: from === 'this machine', ...off([...jokes, ...noTls]) }
}

const kindOf = (name: DoorName) => (name === 'smtp' ? 'transfer' : name === 'lmtp' ? 'lmtp' : 'submission')

/** One count for all doors: who comes by each of them has one share. */
type Wired = DoorParts & { limits: Limits }

const createDoor = (name: DoorName, parts: Wired): DoorServer => {
  const { config, clock, log, certificate } = parts
  const networks = parseNetworks(config.trusted_networks)
  const trusted = (address: string) => isLoopback(address) || networks.has(address)
  const hooks = createHooks({ ...parts, door: kindOf(name) })
  const make = (from: 'this machine' | 'elsewhere') => {
    const server = createDoorServer({ ...optionsFor(name, parts, from), ...hooks }, trusted, clock)
    // A session that breaks is its own trouble; the listening server goes on.
    server.on('error', (error: Error) =>
      log.debug('smtp-session-broke', { door: name, error: error.message }),
    )
    certificate.onChange((pair) =>
      (server as unknown as { updateSecureContext(pair: object): void }).updateSecureContext(pair),
    )
    return server
  }
  const server = make('elsewhere')
  if (name === 'submission') server.also = { server: make('this machine'), chooses: isLoopback }
  return server
}

const open = async (name: DoorName, parts: Wired): Promise<{ server: DoorServer; port: number } | null> => {
  const { config } = parts
  const key = portKeys[name]
  const wanted = config[key]
  if (wanted === 'off') return null
  const server = createDoor(name, parts)
  behindProxies(server.server, parseNetworks(config.proxy_protocol_hosts))
  parts.watch?.(name, server.server)
  try {
    server.listen(wanted, config.mail_host)
    await once(server.server, 'listening')
  } catch (error) {
    throw explainPort(error, config.mail_host, { [key]: wanted })
  }
  return { server, port: (server.server.address() as AddressInfo).port }
}

/** A socket left by a killed process answers nobody and is taken away; one that answers is somebody's. */
const removeStale = async (path: string): Promise<void> => {
  const socket = connect(path)
  const answers = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'error').then(() => false),
  ]).catch(() => false)
  socket.destroy()
  if (answers) throw new Failure('port-taken', `lmtp_socket = ${path}: another program listens there`)
  rmSync(path, { force: true })
}

const openSocket = async (path: string, parts: Wired): Promise<DoorServer> => {
  await removeStale(path)
  const server = createDoor('lmtp', parts)
  parts.watch?.('lmtp', server.server)
  try {
    server.listen(path as never)
    await once(server.server, 'listening')
  } catch (error) {
    throw new Failure('config', `lmtp_socket = ${path}: ${(error as Error).message}`)
  }
  // Who may deliver is decided by who may enter the folder, as with Dovecot's.
  chmodSync(path, 0o666)
  return server
}

const closeServer = (server: DoorServer): Promise<void> => new Promise((done) => server.close(() => done()))

export const openDoors = async (given: DoorParts): Promise<Doors> => {
  const parts: Wired = { ...given, limits: createLimits(given) }
  const opened: [DoorName, { server: DoorServer; port: number }][] = []
  const sockets: DoorServer[] = []
  const close = async () => {
    const servers = [...opened.map(([, { server }]) => server), ...sockets]
    await Promise.all(servers.map(closeServer))
  }
  try {
    for (const name of Object.keys(portKeys) as DoorName[]) {
      const door = await open(name, parts)
      if (door) opened.push([name, door])
    }
    const { lmtp_socket: path } = parts.config
    if (path) sockets.push(await openSocket(path, parts))
  } catch (error) {
    await close()
    throw error
  }
  return { ports: Object.fromEntries(opened.map(([name, { port }]) => [name, port])), close }
}
