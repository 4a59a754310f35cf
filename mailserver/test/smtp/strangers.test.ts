// Mail from strangers: what the sender checks and a spam filter make of it, and how much of it one address may bring. The
// clients are on this machine and say by XCLIENT whom they stand for.
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, statSync } from 'node:fs'
import { createServer as createHttp } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { authenticate } from 'mailauth'
import { dkimSign } from 'mailauth/lib/dkim/sign.js'
import { afterEach, describe, expect, test } from 'vitest'
import type { Environment } from '../../src/core/config'
import { greeted } from '../support/dialog'
import { freePort } from '../support/postfix'
import { startServer, type TestServer } from '../support/server'

const key = generateKeyPairSync('rsa', { modulusLength: 2048 })
const published = key.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')

const zone: Record<string, Record<string, unknown>> = {
  'good.example': { TXT: [['v=spf1 ip4:198.51.100.7 -all']] },
  's1._domainkey.good.example': { TXT: [[`v=DKIM1; k=rsa; p=${published}`]] },
  's1._domainkey.list.example': { TXT: [[`v=DKIM1; k=rsa; p=${published}`]] },
  '_dmarc.good.example': { TXT: [['v=DMARC1; p=reject']] },
  '_dmarc.strict.example': { TXT: [['v=DMARC1; p=reject']] },
  '_dmarc.wary.example': { TXT: [['v=DMARC1; p=quarantine']] },
}

const names = async (name: string, type: string) => {
  if (name.endsWith('down.example')) throw Object.assign(new Error('no answer'), { code: 'ETIMEOUT' })
  const found = zone[name.toLowerCase()]?.[type]
  if (!found) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })
  return found
}

const started: { stop(): unknown }[] = []
afterEach(async () => {
  for (const each of started.splice(0)) await each.stop()
})

const begin = async (env: Environment = {}): Promise<TestServer> => {
  const server = await startServer({
    env: { POSTHORN_XCLIENT_HOSTS: '127.0.0.1', ...env },
    parts: { checkNames: names as never },
  })
  started.push(server)
  return server
}

const asStranger = async (server: TestServer, address = '198.51.100.7') => {
  const talk = await greeted(server.doors.smtp as number)
  expect(await talk.say(`XCLIENT NAME=mail.stranger.example ADDR=${address}`)).toMatch(/^220 /)
  await talk.say('EHLO mail.stranger.example')
  return talk
}

const bring = async (server: TestServer, from: string, message: string): Promise<string> => {
  const talk = await asStranger(server)
  await talk.say(`MAIL FROM:<${from}>`)
  expect(await talk.say('RCPT TO:<bob@posthorn.test>')).toMatch(/^250/)
  await talk.say('DATA')
  talk.send(`${message}\r\n.\r\n`)
  const said = await talk.reply()
  talk.end()
  await server.idle()
  return said
}

const letter = (from: string, subject: string, more = '') =>
  `${more}From: <${from}>\r\nTo: bob@posthorn.test\r\nSubject: ${subject}\r\nDate: Sat, 21 Nov 2026 10:00:00 +0000\r\nMessage-ID: <${subject}@x>\r\n\r\nhello`

const inFolder = (server: TestServer, subject: string, folder?: string) =>
  server.mails('bob', folder).find((text) => text.includes(`Subject: ${subject}`))

describe('sender checks (RFC 8601, RFC 7489)', () => {
  test('what holds is written down under our name, and what strangers wrote there is gone', async () => {
    const server = await begin()
    const forged =
      'Authentication-Results: mail.posthorn.test; dmarc=pass header.from=bank.example\r\n' +
      'Authentication-Results: mx.elsewhere.example; spf=fail\r\n'
    const text = `${letter('a@good.example', 'good', forged)}\r\n`
    const { signatures } = await dkimSign(Buffer.from(text), {
      signatureData: [
        {
          signingDomain: 'good.example',
          selector: 's1',
          privateKey: key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        },
      ],
    } as Parameters<typeof dkimSign>[1])
    expect(await bring(server, 'a@good.example', signatures + text.trimEnd())).toMatch(/^250/)
    const mail = inFolder(server, 'good') as string
    expect(mail).toMatch(/^Return-Path: <a@good\.example>\r\n/)
    const ours = mail.match(/^Authentication-Results: mail\.posthorn\.test;[\s\S]*?\r\n(?!\s)/gm) ?? []
    expect(ours).toHaveLength(1)
    expect(ours[0]).toMatch(/dkim=pass/)
    expect(ours[0]).toMatch(/spf=pass/)
    expect(ours[0]).toMatch(/dmarc=pass/)
    expect(mail).not.toContain('bank.example')
    expect(mail).toContain('Authentication-Results: mx.elsewhere.example; spf=fail')
    expect(mail).toContain('Received: from mail.stranger.example (mail.stranger.example [198.51.100.7])')
  })

  test('what passed a list is verified by the seal of the list, too (RFC 8617 section 5.2)', async () => {
    const server = await begin()
    const text = `${letter('a@quiet.example', 'sealed')}\r\n`
    const { headers } = await authenticate(Buffer.from(text), {
      ...{
        ip: '198.51.100.7',
        helo: 'mail.quiet.example',
        sender: 'a@quiet.example',
        mta: 'mx.list.example',
      },
      resolver: names as never,
      disableBimi: true,
      seal: {
        ...{ signingDomain: 'list.example', selector: 's1' },
        privateKey: key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      },
    })
    expect(await bring(server, 'list@list.example', headers + text.trimEnd())).toMatch(/^250/)
    expect(inFolder(server, 'sealed')).toMatch(/Authentication-Results: mail\.posthorn\.test;[^]*?arc=pass/)
    const broken = `${headers}${text.trimEnd().replace('hello', 'buy this')}`.replaceAll('sealed', 'opened')
    expect(await bring(server, 'list@list.example', broken)).toMatch(/^250/)
    expect(inFolder(server, 'opened')).toMatch(/Authentication-Results: mail\.posthorn\.test;[^]*?arc=fail/)
  })

  test('p=reject refuses, p=quarantine files to Junk, and DNS that is silent loses nothing', async () => {
    const server = await begin()
    const said = await bring(server, 'a@strict.example', letter('a@strict.example', 'strict'))
    expect(said).toBe('550 5.7.1 refused by the DMARC policy of strict.example')
    expect(await bring(server, 'a@wary.example', letter('a@wary.example', 'wary'))).toMatch(/^250/)
    expect(inFolder(server, 'wary')).toBeUndefined()
    expect(inFolder(server, 'wary', 'Junk')).toMatch(/dmarc=fail/)
    expect(await bring(server, 'a@down.example', letter('a@down.example', 'silent'))).toMatch(/^250/)
    expect(inFolder(server, 'silent')).toContain('Authentication-Results: mail.posthorn.test')
    expect(server.log.filter(({ event }) => event === 'queued')).toHaveLength(2)
  })
})

const listen = async (server: ReturnType<typeof createServer> | ReturnType<typeof createHttp>) => {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  started.push({ stop: () => server.close() })
  return (server.address() as AddressInfo).port
}

/** spamd's side of spamd/PROTOCOL: the verdict by the subject. */
const fakeSpamd = (heard: string[], meanwhile = () => {}) =>
  createServer({ allowHalfOpen: true }, (socket) => {
    let text = ''
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')))
    socket.on('end', () => {
      heard.push(text)
      meanwhile()
      const spam = text.includes('Subject: viagra')
      socket.end(
        text.includes('Subject: odd')
          ? 'SPAMD/1.1 76 Bad header line: what?\r\n\r\n'
          : `SPAMD/1.1 0 EX_OK\r\nContent-length: 22\r\nSpam: ${spam ? 'True' : 'False'} ; ${spam ? 15.2 : 0.1} / 5.0\r\n\r\nBAYES_99,HTML_ONLY,\r\n`,
      )
    })
  })

test('spamd: what it calls spam goes to Junk, marked; what strangers wrote under its names goes', async () => {
  const heard: string[] = []
  const port = await listen(fakeSpamd(heard))
  const server = await begin({
    POSTHORN_SPAM_FILTER: `spamd://127.0.0.1:${port}`,
    POSTHORN_SENDER_CHECKS: 'off',
  })
  const forged = 'X-Spam-Status: No, score=-100\r\n'
  expect(await bring(server, 'a@b.example', letter('a@b.example', 'viagra', forged))).toMatch(/^250/)
  const junk = inFolder(server, 'viagra', 'Junk') as string
  expect(junk).toMatch(
    /^X-Spam-Flag: YES\r\nX-Spam-Status: Yes, score=15\.2 required=5\.0\r\n\ttests=BAYES_99,/m,
  )
  expect(junk).not.toContain('score=-100')
  expect(heard[0]).toMatch(/^SYMBOLS SPAMC\/1\.5\r\nContent-length: (\d+)\r\n\r\nReceived: /)
  const [, size, message = ''] = /Content-length: (\d+)\r\n\r\n([\s\S]*)/.exec(heard[0] ?? '') ?? []
  expect(message).toHaveLength(Number(size))
  expect(await bring(server, 'a@b.example', letter('a@b.example', 'lunch'))).toMatch(/^250/)
  expect(inFolder(server, 'lunch')).toContain('X-Spam-Status: No, score=0.1 required=5.0')
  // What cannot be understood is as good as down.
  expect(await bring(server, 'a@b.example', letter('a@b.example', 'odd'))).toMatch(/^250/)
  expect(inFolder(server, 'odd')).not.toContain('X-Spam')
})

const filesIn = (folder: string) => readdirSync(folder).map((name) => statSync(join(folder, name)).ino)

test('what is too large for memory is written once: the file that was checked lies in the mailbox', async () => {
  const heard: string[] = []
  const seen: number[] = []
  const port = await listen(
    fakeSpamd(heard, () => seen.push(...filesIn(join(server.home, 'mail', 'spool', 'messages')))),
  )
  const server = await begin({ POSTHORN_SPAM_FILTER: `spamd://127.0.0.1:${port}` })
  const rows = `${'x'.repeat(70)}\r\n`.repeat(15_000)
  expect(await bring(server, 'a@good.example', `${letter('a@quiet.example', 'long')}\r\n${rows}`)).toMatch(
    /^250/,
  )
  expect(seen).toHaveLength(1)
  const inbox = join(server.home, 'mail', 'users', 'bob@posthorn.test', 'Maildir', 'new')
  expect(filesIn(inbox)).toEqual(seen)
  const mail = inFolder(server, 'long') as string
  expect(mail).toMatch(
    /^Return-Path: <a@good\.example>\r\nReceived-SPF: pass[^]*spf=pass[^]*X-Spam-Status: No/,
  )
  const [, below = ''] = /Content-length: \d+\r\n\r\n(Received: [^]*)$/.exec(heard[0] ?? '') ?? []
  expect(mail.replace(/ +\r\n/g, '\r\n').endsWith(below)).toBe(true)
})

test.each(['spamd', 'rspamd'])('%s that is down loses no mail', async (kind) => {
  const server = await begin({ POSTHORN_SPAM_FILTER: `${kind}://127.0.0.1:${await freePort('127.0.0.1')}` })
  expect(await bring(server, 'a@b.example', letter('a@b.example', 'anyway'))).toMatch(/^250/)
  expect(inFolder(server, 'anyway')).toBeDefined()
  expect(server.log.find(({ event }) => event === 'spam-filter-failed')?.error).toContain('ECONNREFUSED')
})

const opinion = '{"action":"add header","score":7.5}'

test.each([
  ['whole, as long as the connection lasts', `HTTP/1.1 200 OK\r\n\r\n${opinion}`, 'Junk'],
  ['broken off', `HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n${opinion}`, undefined],
])('an answer of Rspamd that ends with its connection: %s', async (_, answer, folder) => {
  const port = await listen(
    createServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => socket.end(answer))
    }),
  )
  const server = await begin({
    POSTHORN_SPAM_FILTER: `rspamd://127.0.0.1:${port}`,
    POSTHORN_SENDER_CHECKS: 'off',
  })
  expect(await bring(server, 'a@b.example', letter('a@b.example', 'cut'))).toMatch(/^250/)
  expect(inFolder(server, 'cut', folder)).toBeDefined()
  const failed = server.log.find(({ event }) => event === 'spam-filter-failed')
  expect(failed?.error).toBe(folder ? undefined : 'rspamd broke off')
})

test('Rspamd: its action decides, and it is told the envelope', async () => {
  const actions: Record<string, string> = {
    bad: 'reject',
    new: 'greylist',
    dull: 'add header',
    fine: 'no action',
  }
  const heard: Record<string, unknown>[] = []
  const port = await listen(
    createHttp((request, answer) => {
      let text = ''
      request.on('data', (chunk: Buffer) => (text += chunk.toString()))
      request.on('end', () => {
        heard.push({ ...request.headers, url: request.url })
        const action = actions[/Subject: (\w+)/.exec(text)?.[1] ?? ''] ?? 'no action'
        answer.end(
          JSON.stringify({ action, score: 7.5, required_score: 15, symbols: { R_SPF_FAIL: { score: 1 } } }),
        )
      })
    }),
  )
  const server = await begin({
    POSTHORN_SPAM_FILTER: `rspamd://127.0.0.1:${port}`,
    POSTHORN_SENDER_CHECKS: 'off',
  })
  const from = 'a@b.example'
  expect(await bring(server, from, letter(from, 'bad'))).toBe('550 5.7.1 refused as spam')
  expect(await bring(server, from, letter(from, 'new'))).toBe('451 4.7.1 try again later')
  expect(await bring(server, from, letter(from, 'dull'))).toMatch(/^250/)
  expect(inFolder(server, 'dull', 'Junk')).toContain('tests=R_SPF_FAIL')
  expect(await bring(server, from, letter(from, 'fine'))).toMatch(/^250/)
  expect(inFolder(server, 'fine')).toContain('X-Spam-Status: No')
  expect(heard[0]).toMatchObject({ url: '/checkv2', from, rcpt: 'bob@posthorn.test', ip: '198.51.100.7' })
})

test('a foreign address has its hour: messages, and recipients that do not exist too', async () => {
  const server = await begin({
    POSTHORN_MESSAGES_PER_ADDRESS: '2',
    POSTHORN_RECIPIENTS_PER_ADDRESS: '3',
    POSTHORN_SENDER_CHECKS: 'off',
  })
  const talk = await asStranger(server)
  for (let n = 0; n < 2; n++) {
    expect(await talk.say('MAIL FROM:<a@b.example>')).toMatch(/^250/)
    await talk.say('RSET')
  }
  expect(await talk.say('MAIL FROM:<a@b.example>')).toMatch(/^450 4\.7\.1/)
  talk.end()
  const other = await asStranger(server, '203.0.113.5')
  await other.say('MAIL FROM:<a@b.example>')
  for (let n = 0; n < 3; n++)
    expect(await other.say(`RCPT TO:<guess${n}@posthorn.test>`)).toMatch(/^550 5\.1\.1/)
  expect(await other.say('RCPT TO:<guess4@posthorn.test>')).toMatch(/^450 4\.7\.1/)
  other.end()
})

describe('XCLIENT and XFORWARD', () => {
  test('a host that is not trusted with them is not offered them, nor heard', async () => {
    const server = await startServer()
    started.push(server)
    const talk = await greeted(server.doors.smtp as number)
    expect(await talk.say('EHLO client.example')).not.toMatch(/XCLIENT|XFORWARD/)
    for (const verb of ['XCLIENT ADDR=198.51.100.7', 'XFORWARD ADDR=198.51.100.7'])
      expect(await talk.say(verb)).toMatch(/^5\d\d/)
    talk.end()
  })

  test('one that is may pass the client on; a stranger it stands for may not relay', async () => {
    const server = await begin({ POSTHORN_TRUSTED_NETWORKS: '127.0.0.1' })
    const talk = await greeted(server.doors.smtp as number)
    expect(await talk.say('EHLO gate.example')).toMatch(/^250[- ]XCLIENT .*ADDR[\s\S]*^250[- ]XFORWARD/m)
    expect(await talk.say('XFORWARD NAME=x.example ADDR=198.51.100.9 HELO=x.example')).toMatch(/^250/)
    expect(await talk.say('XCLIENT NAME=x.example ADDR=198.51.100.9')).toMatch(/^220/)
    await talk.say('EHLO x.example')
    await talk.say('MAIL FROM:<a@b.example>')
    expect(await talk.say('RCPT TO:<c@d.example>')).toMatch(/^554 5\.7\.1/)
    talk.end()
  })
})
