import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startMailSystem, whyNot, type MailSystem } from './index'
import { openMailbox } from './mailbox'

const why = whyNot('dovecot')
if (why) console.warn(`Debian's Dovecot and Postfix: not run, ${why}`)

describe.skipIf(why)("Debian's Dovecot and Postfix", () => {
  let system: MailSystem
  beforeAll(async () => (system = await startMailSystem('dovecot')))
  afterAll(async () => system?.stop())

  const submission = () =>
    createTransport({
      ...system.submission,
      requireTLS: true,
      tls: { rejectUnauthorized: false },
      auth: { user: system.users.alice.address, pass: system.users.alice.password },
    })
  const letter = (from: string, to: string) => ({ from, to, subject: 'Tea', text: 'At four?' })

  it('carries a letter from alice to bob, and still after kill -9 of the IMAP side', async () => {
    const { alice, bob } = system.users
    await submission().sendMail(letter(alice.address, bob.address))
    const before = await openMailbox(system, bob)
    await before.until('INBOX', (messages) => messages.some(({ subject }) => subject === 'Tea'))
    await before.close()
    await system.crash()
    const after = await openMailbox(system, bob)
    expect(await after.list('INBOX')).toHaveLength(1)
    expect(await after.folders()).toEqual(
      expect.arrayContaining(['INBOX', 'Sent', 'Drafts', 'Archive', 'Junk', 'Trash']),
    )
    await after.close()
  })

  it('lets nobody write as somebody else, and relays for no stranger', async () => {
    const { alice, bob } = system.users
    await expect(submission().sendMail(letter(bob.address, alice.address))).rejects.toThrow(/not owned/)
    const stranger = createTransport({ ...system.smtp, ignoreTLS: true })
    await expect(stranger.sendMail(letter('x@example.org', 'y@example.org'))).rejects.toThrow(/Relay access/)
  })
})
