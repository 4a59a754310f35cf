// The same lines to Debian's Postfix, with Dovecot's SASL at its submission doors.
import { afterAll, beforeAll, describe, test } from 'vitest'
import { password } from '../../server'
import { dovecotMissing, startDovecot } from '../../support/dovecot'
import { postfixMissing, startPostfix } from '../../support/postfix'
import { converse, type Exchange, type Place } from './exchange'
import { submissions } from './submission'
import { transfers } from './transfer'

interface Peer {
  port: number
  submission: number
  smtps: number
  stop(): Promise<void>
}

const base = { domain: 'posthorn.test', users: ['alice', 'bob'] }

const withSasl = async (): Promise<Peer> => {
  const dovecot = await startDovecot()
  const owners = base.users.map((user) => `{${user}@posthorn.test = ${user}@posthorn.test}`)
  const more = `
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = ${dovecot.authSocket}
smtpd_tls_auth_only = yes
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_sender_login_maps = inline:{${owners.join(', ')}}
smtpd_sender_restrictions = reject_sender_login_mismatch
`
  const postfix = await startPostfix({ ...base, more })
  const stop = () => Promise.all([postfix.stop(), dovecot.close()]).then(() => undefined)
  return { ...postfix, stop }
}

type At = (peer: Peer) => Omit<Place, 'password'>

const hold = (open: () => Promise<Peer>, cases: readonly { door: string; at: At; each: Exchange }[]) => {
  let peer: Peer
  beforeAll(async () => {
    peer = await open()
  })
  afterAll(() => peer.stop())
  test.each(cases.map(({ door, each, at }) => [door, each.name, each.rfc, { each, at }] as const))(
    '%s: %s (RFC %s)',
    async (_, __, ___, { each, at }) => {
      await converse({ ...at(peer), password }, each, each.postfix?.lines ?? each.lines)
    },
  )
}

const atTransfer = transfers.map((each) => ({ door: '25', each, at: (({ port }) => ({ door: port })) as At }))
const atSubmission = submissions.map((each) => ({
  door: '587',
  each,
  at: (({ submission }) => ({ door: submission })) as At,
}))
const underTls = submissions
  .filter(({ start }) => start !== 'EHLO')
  .map((each) => ({
    door: '465',
    each,
    at: (({ smtps }) => ({ door: smtps, tls: 'from the start' })) as At,
  }))

const missing = postfixMissing()
const missingSasl = missing ?? dovecotMissing()
// A skipped test's name is the reason; with CI set, npm test counts what did not run as failed.
if (missing) test.skip(missing, () => {})
else describe('Postfix', () => hold(() => startPostfix(base), atTransfer))
if (missingSasl) test.skip(missingSasl, () => {})
else describe('Postfix and Dovecot', () => hold(withSasl, [...atSubmission, ...underTls]))
