// Requests without a browser: how many lists and messages a server gives each second to one, eight and thirty-two people
// who never rest, and what one costs its processors.
import { Agent, request } from 'node:http'
import { visitorOf } from '../../e2e/servers/visitor'
import type { TestUser } from '../../e2e/servers'
import type { Measured } from '../report'
import { workOf } from './work'

/** One signed-in person. Opening a message is everything a browser asks for to show it. */
interface Surfer {
  list(page: number): Promise<unknown>
  open(turn: number): Promise<unknown>
}

export type Arrive = (user: TestUser) => Promise<Surfer>

const pageSize = 50

const mustBeOk = (status: number, what: string) => {
  if (status !== 200) throw new Error(`${what} was answered with ${status}`)
}

const agent = new Agent({ keepAlive: true })

/** Who asks shares the machine with who answers, so it does no more than it must: a kept connection, and nothing unpacked. */
const get = (url: string, headers: Record<string, string>): Promise<{ status: number; text: string }> =>
  new Promise((done, failed) => {
    request(url, { agent, headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.once('error', failed)
      answer.once('end', () =>
        done({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
      )
    })
      .once('error', failed)
      .end()
  })

export const posthornSurfer =
  (web: { url: string }): Arrive =>
  async (user) => {
    const visitor = visitorOf(web)
    mustBeOk((await visitor.signIn(user)).status, 'sign-in')
    const inbox = '/accounts/0/mailboxes/inbox/messages'
    const headers = { cookie: visitor.cookie() }
    const ask = async (path: string) => {
      const { status, text } = await get(`${web.url}/api${path}`, headers)
      mustBeOk(status, path)
      return text
    }
    const view = 'sort=date&direction=usual&filter=all&grouping=messages'
    const list = (page: number) => ask(`${inbox}?offset=${page * pageSize}&limit=${pageSize}&${view}`)
    const { rows } = JSON.parse(await list(0)) as { rows: { id: string }[] }
    const ids = rows.map(({ id }) => id)
    return {
      list,
      open: async (turn) => {
        const at = `${inbox}/${ids[turn % ids.length]}`
        await ask(at)
        const frame = await ask(`${at}/frame?images=blocked&theme=light`)
        if (!frame.includes('This is Letter')) throw new Error('Posthorn showed no message')
      },
    }
  }

/** Cookies as a browser keeps them, and the token without which Roundcube answers no script. */
export const enterRoundcube = async ({ url }: { url: string }, user: TestUser) => {
  const jar = new Map<string, string>()
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const ask = async (query: string, more: RequestInit = {}) => {
    const headers = { cookie: cookie(), ...(more.headers as Record<string, string>) }
    const answer = await fetch(`${url}${query}`, { redirect: 'manual', ...more, headers })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      jar.set(name, value)
    }
    return { status: answer.status, text: await answer.text() }
  }
  const form = await ask('')
  const token = /name="_token" value="([^"]+)"/.exec(form.text)?.[1] ?? ''
  const fields = {
    _task: 'login',
    _action: 'login',
    _token: token,
    _user: user.address,
    _pass: user.password,
  }
  const entered = await ask('?_task=login', { method: 'POST', body: new URLSearchParams(fields) })
  if (entered.status !== 302) throw new Error(`Roundcube did not let ${user.address} in`)
  const inbox = await ask('?_task=mail&_mbox=INBOX')
  const own = /"request_token":"([^"]+)"/.exec(inbox.text)?.[1] ?? ''
  return { ask, cookie, headers: { 'x-roundcube-request': own, 'x-requested-with': 'XMLHttpRequest' } }
}

export const roundcubeSurfer =
  (roundcube: { url: string }): Arrive =>
  async (user) => {
    const { cookie, headers } = await enterRoundcube(roundcube, user)
    const { url } = roundcube
    const script = { cookie: cookie(), ...headers }
    const list = async (page: number) => {
      const query = `?_task=mail&_action=list&_mbox=INBOX&_page=${page + 1}&_remote=1`
      const { status, text } = await get(`${url}${query}`, script)
      mustBeOk(status, 'list')
      return text
    }
    const uids = [...(await list(0)).matchAll(/add_message_row\((\d+)/g)].map(([, uid]) => uid)
    if (uids.length === 0) throw new Error('Roundcube listed no message')
    return {
      list,
      open: async (turn) => {
        const uid = uids[turn % uids.length]
        const query = `?_task=mail&_action=preview&_mbox=INBOX&_uid=${uid}&_framed=1`
        const { status, text } = await get(`${url}${query}`, { cookie: cookie() })
        mustBeOk(status, 'open')
        if (!text.includes('This is Letter')) throw new Error('Roundcube showed no message')
      },
    }
  }

export interface Service {
  arrive: Arrive
  /** The process groups that do the work, the mail server's among them. */
  groups: number[]
}

interface Rush {
  service: Service
  surfers: readonly Surfer[]
  seconds: number
  pages: number
}

/** Everybody asks again as soon as they were answered. */
const rush = async ({ service, surfers, seconds, pages }: Rush, kind: keyof Surfer) => {
  const [before, start] = [workOf(service.groups), performance.now()]
  const end = start + seconds * 1000
  let done = 0
  const rushAbout = async (surfer: Surfer, turn: number) => {
    for (let n = turn; performance.now() < end; n += surfers.length) {
      await (kind === 'list' ? surfer.list((n * 17) % pages) : surfer.open(n))
      done++
    }
  }
  await Promise.all(surfers.map(rushAbout))
  const passed = (performance.now() - start) / 1000
  return { rate: done / passed, work: (workOf(service.groups) - before) / done }
}

interface LoadBench {
  services: Record<string, Service>
  users: readonly TestUser[]
  messages: number
  seconds: number
  rounds: number
}

/** One after another in each round, so that whatever else the machine does falls on all. */
export const benchLoad = async (bench: LoadBench): Promise<Record<string, Measured>> => {
  const { services, users, messages, seconds, rounds } = bench
  const pages = Math.ceil(messages / pageSize)
  const measured: Record<string, Measured> = {}
  const crowds: Record<string, Surfer[]> = {}
  for (const [name, { arrive }] of Object.entries(services)) {
    crowds[name] = []
    for (const user of users) crowds[name].push(await arrive(user))
  }
  for (const count of [1, 8, 32].filter((one) => one <= users.length))
    for (let round = 0; round < rounds; round++)
      for (const [name, service] of Object.entries(services))
        for (const kind of ['list', 'open'] as const) {
          const surfers = (crowds[name] ?? []).slice(0, count)
          const { rate, work } = await rush({ service, surfers, seconds, pages }, kind)
          const into = (measured[name] ??= {})
          ;(into[`${kind} requests/s, users: ${count}`] ??= []).push(rate)
          ;(into[`${kind} CPU ms each, users: ${count}`] ??= []).push(work)
        }
  return measured
}
