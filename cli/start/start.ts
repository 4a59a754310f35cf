// `start`: the supervisor. The mail server first, then the web app, which needs it; ended in the other order,
// so that nobody is told "server unreachable" on the way down.
import { join } from 'node:path'
import { installation } from '../paths'
import { doors, doorNames, environmentName, type Ports } from '../ports/doors'
import { type Environment, readSettings } from '../settings'
import { createPart, type Part } from '../supervisor/part'
import { lockFolder } from './lock'
import { type Plan, makePlan } from './plan'
import { drawScreen } from './screen'

/** A message of 50 MB that is being taken from a slow sender may need this long. */
const MAIL_GRACE_MS = 30_000
const WEB_GRACE_MS = 10_000

export interface StartOptions {
  env: Environment
  demo: 'by --demo' | 'no'
  web: { script: string; args: string[]; env: Environment; echo: boolean }
  say(sentence: string): void
}

export interface Running {
  stop(): Promise<void>
}

const portVariables = (ports: Ports): Environment =>
  Object.fromEntries(doorNames.map((door) => [environmentName(doors[door].key), String(ports[door])]))

const mailPart = ({ home, env }: Plan, say: StartOptions['say']): Part =>
  createPart({
    name: 'mail server',
    script: join(installation, 'mailserver/bin/posthorn-mail.cjs'),
    args: ['serve'],
    cwd: installation,
    env,
    logFile: join(home, 'logs', 'mailserver.log'),
    echo: false,
    graceMs: MAIL_GRACE_MS,
    say,
    // Started again it opens the same doors, whoever chose them: the web app and other clients know them.
    settle: (ready) => portVariables(ready.doors as Ports),
  })

/** Sign-in with one click is offered only with the passwords that everybody may know. */
const demoForWeb = ({ demo }: Plan): Environment => ({
  POSTHORN_DEMO: demo?.passwords === 'known' ? '1' : '0',
})

const webPart = (plan: Plan, ports: Ports | null, { web, say }: StartOptions): Part =>
  createPart({
    name: 'web app',
    script: join(installation, web.script),
    args: web.args,
    cwd: installation,
    env: { ...plan.env, ...demoForWeb(plan), ...(ports ? portVariables(ports) : {}), ...web.env },
    logFile: join(plan.home, 'logs', 'web.log'),
    echo: web.echo,
    graceMs: WEB_GRACE_MS,
    say,
    settle: ({ port }) => ({ POSTHORN_WEB_PORT: String(port) }),
  })

export const start = async (options: StartOptions): Promise<Running> => {
  const unlock = lockFolder(readSettings(options.env).home)
  const parts: Part[] = []
  const stop = async () => {
    for (const part of [...parts].reverse()) await part.stop()
    unlock()
  }
  try {
    const plan = await makePlan(options.env, options.demo)
    let ports: Ports | null = null
    if (plan.mail) {
      const mail = mailPart(plan, options.say)
      parts.push(mail)
      ports = (await mail.start()).doors as Ports
    }
    const web = webPart(plan, ports, options)
    parts.push(web)
    const { url } = await web.start()
    options.say(drawScreen({ plan, url: plan.web.publicUrl ?? String(url), ports }))
    return { stop }
  } catch (error) {
    await stop()
    throw error
  }
}
