// The submission doors, 587 with STARTTLS and 465 with TLS from the start, beside Debian's Postfix with Dovecot's SASL:
// the same lines to both.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { password as dovecotPassword } from '../server'
import { greeted } from '../support/dialog'
import { dovecotMissing, startDovecot } from '../support/dovecot'
import { postfixMissing, startPostfix } from '../support/postfix'
import { password, startServer } from '../support/server'
import { submissions, type Submission } from './submission'

type Door = 'submission' | 'smtps'

interface Peer {
  doors: Record<Door, number>
  password: string
  stop(): Promise<void>
}

const alice = 'alice@posthorn.test'

const ours = async (): Promise<Peer> => {
  const env = { POSTHORN_MESSAGE_SIZE_LIMIT: '100000' }
  const { doors, stop } = await startServer({ env })
  return { doors: doors as Record<Door, number>, password, stop }
}

const theirs = async (): Promise<Peer> => {
  const dovecot = await startDovecot()
  const owners = ['alice', 'bob'].map((user) => `{${user}@posthorn.test = ${user}@posthorn.test}`)
  const more = `
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = ${dovecot.authSocket}
smtpd_tls_auth_only = yes
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_sender_login_maps = inline:{${owners.join(', ')}}
smtpd_sender_restrictions = reject_sender_login_mismatch
`
  const postfix = await startPostfix({ domain: 'posthorn.test', users: ['alice', 'bob'], more })
  const stop = () => Promise.all([postfix.stop(), dovecot.close()]).then(() => undefined)
  return { doors: postfix, password: dovecotPassword, stop }
}

const base64 = (text: string) => Buffer.from(text).toString('base64')

const said = (line: string, secret: string) => {
  const words: Record<string, string> = {
    PLAIN: `\0${alice}\0${secret}`,
    WRONG: `\0${alice}\0not ${secret}`,
    NAME: alice,
    SECRET: secret,
  }
  return line.replace(/\{(\w+)\}/g, (_, word: string) => base64(words[word] ?? ''))
}

const inTls = async ({ doors }: Peer, door: Door) => {
  if (door === 'smtps') return greeted(doors.smtps, { tls: 'from the start' })
  const talk = await greeted(doors.submission)
  expect(await talk.say('STARTTLS')).toMatch(/^220/)
  await talk.startTls()
  await talk.say('EHLO client.example')
  return talk
}

const begin = async (peer: Peer, door: Door, { start }: Submission) => {
  if (start === 'EHLO') return greeted(peer.doors[door])
  const talk = await inTls(peer, door)
  if (start === 'signed in') expect(await talk.say(said('AUTH PLAIN {PLAIN}', peer.password))).toMatch(/^235/)
  return talk
}

const hold = (open: () => Promise<Peer>, linesOf: (each: Submission) => Submission['lines']) => {
  let peer: Peer
  beforeAll(async () => {
    peer = await open()
  })
  afterAll(() => peer.stop())
  const cases = (['submission', 'smtps'] as const).flatMap((door) =>
    submissions
      .filter(({ start }) => start !== 'EHLO' || door === 'submission')
      .map((each) => [door, each.name, each.rfc, each] as const),
  )
  test.each(cases)('%s: %s (RFC %s)', async (door, _, __, each) => {
    const talk = await begin(peer, door, each)
    for (const line of linesOf(each)) {
      const [say, expected] = typeof line === 'string' ? [line, /^250/] : line
      expect(await talk.say(said(say, peer.password)), say.slice(0, 80)).toMatch(expected)
    }
    talk.end()
  })
}

describe('ours', () => hold(ours, ({ lines }) => lines))

const missing = postfixMissing() ?? dovecotMissing()
// Its name is the reason; with CI set, npm test counts what did not run as failed.
if (missing) test.skip(missing, () => {})
else describe('Postfix and Dovecot', () => hold(theirs, ({ lines, postfix }) => postfix?.lines ?? lines))
