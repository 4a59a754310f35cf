import { execFileSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Form, forms, nameOf } from '../e2e/servers/forms'
import { overHttp2, type Http2 } from '../e2e/servers/http2'
import { startMailSystem, type MailSystem } from '../e2e/servers/index'
import { openMailbox, type Mailbox } from '../e2e/servers/mailbox'
import { type Proxy, startForm, whyNoForm } from '../e2e/servers/proxies'
import { repository } from '../e2e/servers/repository'
import { putPiece, uploaded } from '../e2e/servers/upload'
import { visitorOf, type Visitor } from '../e2e/servers/visitor'
import { startWeb, type Web } from '../e2e/servers/web'

// The files of deploy/, in the web servers they are for: TLS, HTTP/2, and everything that a proxy can spoil.

// Browsers come from other addresses than the proxy does, which alone is trusted; each case from one of its own, because
// wrong passwords slow an address down.

const seed = Number(process.env.TEST_SEED ?? randomInt(2 ** 31))
console.log(`forms of proxies: TEST_SEED=${seed}`)

// Each web server at `/webmail`; of what is left, one of each sort. The long suite `proxies` takes all of them.
const oneOf = (some: Form[]) => some[seed % some.length]!
const plain = forms.filter(({ also }) => !also)
const chosen = process.env.POSTHORN_ALL_FORMS
  ? forms
  : [
      ...plain.filter(({ path, prefix }) => path === '/webmail' && prefix === 'kept'),
      oneOf(plain.filter(({ path }) => path === '/')),
      oneOf(plain.filter(({ prefix }) => prefix === 'stripped')),
      oneOf(forms.filter(({ also }) => also)),
    ]
const cases = chosen.map((form, at) => ({ ...form, name: nameOf(form), from: `127.0.1.${at + 1}` }))

let system: MailSystem
let mailbox: Mailbox
// One at each path that is asked for.
const webs = new Map<string, Promise<Web>>()
const webAt = (path: string): Promise<Web> => {
  const known = webs.get(path)
  if (known) return known
  const env = { POSTHORN_TRUSTED_PROXIES: '127.0.0.1' }
  const started = startWeb(system, { basePath: path, publicUrl: `https://localhost${path}`, env })
  webs.set(path, started)
  return started
}
beforeAll(async () => {
  system = await startMailSystem('posthorn')
  mailbox = await openMailbox(system, system.users.alice)
}, 60_000)
afterAll(async () => {
  await mailbox?.close()
  for (const web of webs.values()) await (await web).stop()
  await system?.stop()
})

// Debian's own fail2ban on what was logged through all of them: each address that guessed, and no other.
const filter = join(repository, 'deploy', 'fail2ban', 'filter.d', 'posthorn.conf')
const noFail2ban = existsSync('/usr/bin/fail2ban-regex') ? '' : 'did not run (no fail2ban): '

/** Reads a stream of events until the words have come. */
const untilHeard = async (reader: ReadableStreamDefaultReader<string>, words: string): Promise<void> => {
  let heard = ''
  while (!heard.includes(words)) {
    const { value, done } = await reader.read()
    if (done) throw new Error(`the stream ended after ${heard}`)
    heard += value
  }
}

describe.each(cases)('behind $name', ({ name, from, ...form }) => {
  const { kind, path } = form
  const base = path === '/' ? '' : path
  const why = whyNoForm(form)
  const title = (says: string) => (why ? `did not run (${why}): ${says}` : says)
  let proxy: Proxy
  let client: Http2
  let visitor: Visitor
  let web: Web
  const ask = (path: string) => client.fetch(proxy.url + path, { headers: { cookie: visitor.cookie() } })
  beforeAll(async () => {
    if (why) return
    web = await webAt(path)
    proxy = await startForm(form, web.port)
    client = await overHttp2({ ...proxy, from })
    visitor = visitorOf({ url: proxy.url + base }, client.fetch)
    await visitor.signIn(system.users.alice)
  })
  afterAll(async () => {
    client?.close()
    await proxy?.stop()
  })

  it.skipIf(why)(title('leads to the sign-in, and every part of the page is there'), async () => {
    if (base)
      expect((await client.fetch(`${proxy.url}/`, {})).headers.get('location')).toSatisfy((to: string) =>
        to.endsWith(base),
      )
    const anonymous = await client.fetch(proxy.url + path, {})
    expect([anonymous.status, anonymous.headers.get('location')]).toEqual([307, `${base}/login`])
    const page = await client.fetch(`${proxy.url}${base}/login`, {})
    const [, asset = ''] = (await page.text()).match(/(?:src|href)="([^"]*\/_next\/[^"]+)"/) ?? []
    expect(asset.startsWith(`${base}/_next/`)).toBe(true)
    expect((await ask(asset)).status).toBe(200)
  })

  it.skipIf(why)(title('signs in with a Secure cookie of this path, and lists'), async () => {
    expect(visitor.cookie()).toMatch(base ? /^__Secure-posthorn\.session=./ : /^__Host-posthorn\.session=./)
    const list = await visitor.call('GET', '/accounts/0/mailboxes/inbox/messages?offset=0&limit=5')
    expect([list.status, list.text]).toEqual([200, expect.stringContaining('"rows"')])
    expect((await ask(`${base}/mail/0/inbox`)).status).toBe(200)
  })

  it.skipIf(why)(title('knows its own origin from another'), async () => {
    const write = (origin: string) => visitor.call('PUT', '/preferences', {}, { origin })
    expect((await write(proxy.url)).status).toBe(200)
    expect((await write('https://elsewhere.example')).status).toBe(403)
  })

  it.skipIf(why)(title('believes no host that a stranger claims'), async () => {
    const elsewhere = 'elsewhere.example'
    const claims = {
      'x-forwarded-host': elsewhere,
      'x-forwarded-proto': 'http',
      forwarded: `host=${elsewhere};proto=http`,
    }
    const write = await visitor.call('PUT', '/preferences', {}, { ...claims, origin: `http://${elsewhere}` })
    expect(write.status).toBe(403)
    const own = await visitor.call('PUT', '/preferences', {}, { ...claims, origin: proxy.url })
    expect(own.status).toBe(200)
    const led = await client.fetch(`${proxy.url}${base}/mail`, { headers: claims })
    expect([led.status, led.headers.get('location')]).toEqual([307, `${base}/login?next=%2Fmail`])
  })

  it.skipIf(why)(title('passes events on as they come'), async () => {
    const { headers, body } = await ask(`${base}/api/events`)
    expect(headers.get('content-type')).toContain('text/event-stream')
    const reader = body!.pipeThrough(new TextDecoderStream()).getReader()
    await untilHeard(reader, 'retry:')
    const began = Date.now()
    await mailbox.append({ raw: `From: a@posthorn.test\r\nSubject: ${name}\r\n\r\nHello\r\n` })
    await untilHeard(reader, 'data:')
    // Before the heartbeat, which would push along what a proxy holds back.
    expect(Date.now() - began).toBeLessThan(15_000)
    await reader.cancel()
  })

  // A body does not ask which path it took.
  it.skipIf(why || name !== `${kind} /webmail`)(
    title('takes a file of 25 MB, and the refusal of a larger one is ours'),
    async () => {
      const most = { name: 'a.bin', bytes: Buffer.alloc(25_000_000) }
      const taken = await uploaded(visitor, most)
      expect(taken.size).toBe(most.bytes.length)
      expect((await visitor.call('DELETE', `/uploads/${taken.id}`)).status).toBe(200)
      const more = {
        id: 'f'.repeat(32),
        name: 'b.bin',
        size: taken.size + 1,
        from: 0,
        bytes: Buffer.from('x'),
      }
      const refused = await putPiece(visitor, more)
      expect([refused.status, refused.text]).toEqual([413, expect.stringContaining('too-large')])
    },
  )

  it.skipIf(why)(
    title('the guilty address stands in our log, whatever it claims; no query in theirs'),
    async () => {
      const user = { address: `${from}@posthorn.test`, password: 'wrong' }
      const claims = { 'x-forwarded-for': '192.0.2.66', forwarded: 'for=192.0.2.67' }
      expect((await visitorOf({ url: proxy.url + base }, client.fetch).signIn(user, claims)).status).toBe(401)
      await vi.waitFor(() => expect(web.output()).toContain(`"user":"${user.address}","address":"${from}"`))
      await (await ask(`${base}/search?q=nobodys-business`)).text()
      if (kind !== 'caddy')
        await vi.waitFor(() => expect(proxy.log()).toContain(`GET ${base}/search HTTP/2.0`))
      expect(proxy.log()).not.toContain('nobodys-business')
    },
  )
})

it.skipIf(noFail2ban)(`${noFail2ban}fail2ban reads who it was, whatever name was typed`, async () => {
  const user = { address: 'x","address":"192.0.2.1","msg":"sign-in failed"}', password: 'wrong' }
  const web = await webAt('/webmail')
  const url = `http://127.0.0.1:${web.port}/webmail`
  expect((await visitorOf({ url }).signIn(user, { 'x-forwarded-for': '192.0.2.99' })).status).toBe(401)
  await vi.waitFor(() => expect(web.output()).toContain('"address":"192.0.2.99"'))
  const logFile = join(web.home, 'web.log')
  const logs = await Promise.all(webs.values())
  writeFileSync(logFile, logs.map((one) => one.output()).join(''))
  const said = execFileSync('/usr/bin/fail2ban-regex', ['-o', '<ip>', logFile, filter], { encoding: 'utf8' })
  const guessers = cases.filter((form) => !whyNoForm(form)).map(({ from }) => from)
  expect(said.trim().split('\n').toSorted()).toEqual([...guessers, '192.0.2.99'].toSorted())
})
