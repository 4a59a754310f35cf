// What a start will run, decided before anything runs: which programs, on which ports, with which settings.
import { type LoadedConfig, loadConfig, type MailDoor } from '@/lib/server/config'
import { choosePort, type Wish } from '../ports/choose'
import { doorNames, doors, environmentName, type Ports } from '../ports/doors'
import { type Environment, readSettings, type Settings } from '../settings'
import { decideDemo, DEMO_DOMAIN, type Demo } from './demo'

export interface Plan {
  home: string
  demo: Demo | null
  /** Null: an outside server is configured and the bundled one stays off. */
  mail: { host: string; ports: Ports } | null
  /** Where the web app reads and sends, as configured. */
  doors: { imap: MailDoor; submission: MailDoor }
  web: { host: string; port: number; publicUrl: string | null }
  domain: string
  /** What every part is started with. */
  env: Environment
}

export class CannotStart extends Error {
  override readonly name = 'CannotStart'
}

const nothingConfigured = (home: string) =>
  `${home} holds no demo and no configuration.\n` +
  'For a mail server of your own, write domain = "example.org" into posthorn.toml there, or set POSTHORN_DOMAIN.\n' +
  'For the web app in front of another server, set imap and submission. For a demo, `npx posthorn start --demo`.'

const halfOutside = 'imap names an outside server, so submission must name where it takes outgoing mail.'

/** Is mail read from a server that is not ours? */
const readsOutside = ({ sources }: LoadedConfig): boolean => {
  if (sources.imap === 'derived') return false
  if (sources.submission === 'derived') throw new CannotStart(halfOutside)
  return true
}

interface Asked {
  env: Environment
  settings: Settings
  demo: Demo | null
  loaded: LoadedConfig
}

const kindOf = (key: string, { demo, settings }: Asked): Wish['kind'] =>
  demo && !settings.given.has(key) ? 'demo' : 'fixed'

const mailPorts = async (asked: Asked): Promise<Ports> => {
  const { config } = asked.loaded
  const chosen: [string, number | 'off'][] = []
  for (const door of doorNames) {
    const { key, says } = doors[door]
    const port = config[`${door}Port`]
    const wish = { host: config.mailHost, says, key, kind: kindOf(key, asked) }
    chosen.push([door, port === 'off' ? 'off' : await choosePort({ ...wish, port })])
  }
  return Object.fromEntries(chosen) as Ports
}

const webPort = (asked: Asked): Promise<number> => {
  const { host, webPort: port } = asked.loaded.config
  return choosePort({ host, port, says: 'web app', key: 'web_port', kind: kindOf('web_port', asked) })
}

const partEnvironment = (asked: Asked, ports: Ports | null, port: number): Environment => ({
  ...asked.env,
  NODE_ENV: 'production',
  NEXT_TELEMETRY_DISABLED: '1',
  POSTHORN_HOME: asked.settings.home,
  POSTHORN_WEB_PORT: String(port),
  ...(asked.demo ? { POSTHORN_DEMO: '1', POSTHORN_DOMAIN: asked.loaded.config.domain } : {}),
  ...(ports
    ? Object.fromEntries(doorNames.map((door) => [environmentName(doors[door].key), String(ports[door])]))
    : {}),
})

export const makePlan = async (env: Environment, asked: 'by --demo' | 'no'): Promise<Plan> => {
  const settings = readSettings(env)
  const loaded = loadConfig({ ...env, POSTHORN_HOME: settings.home })
  const { config, sources } = loaded
  const outside = readsOutside(loaded)
  const hosts = [config.host, config.mailHost]
  const demo = outside ? null : decideDemo({ settings, hosts, asked })
  if (!outside && !demo && !settings.given.has('domain'))
    throw new CannotStart(nothingConfigured(settings.home))
  const question = { env, settings, demo, loaded }
  const ports = outside ? null : await mailPorts(question)
  const port = await webPort(question)
  return {
    home: settings.home,
    demo,
    mail: ports && { host: config.mailHost, ports },
    doors: { imap: config.imap, submission: config.submission },
    web: { host: config.host, port, publicUrl: sources.publicUrl === 'derived' ? null : config.publicUrl },
    domain: demo ? DEMO_DOMAIN : config.domain,
    env: partEnvironment(question, ports, port),
  }
}
