// The rooms of the server in front of real mail systems, without a web process between. Invariant:
// - what a system leaves behind (connections, processes, folders, the environment) is gone when its tests are over.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { startMailSystem, whyNot, type MailSystem } from '@/e2e/servers'
import { type ImapProxy, startImapProxy } from '@/e2e/servers/imap-proxy'
import { openMailbox, type Mailbox } from '@/e2e/servers/mailbox'
import { tapInFrontOf, type Tap } from '@/e2e/servers/tap'
import type { Account } from '../mail/account'
import { closeAccount } from '../mail/pool'
import { environment } from './environment'

/** Filled before the first test runs. */
export interface OnServer {
  kind: MailSystem['kind']
  system: MailSystem
  /** Alice, as the actions know her. */
  who: Account
  /** Her mailbox by a second connection, which seeds and verifies. */
  other: Mailbox
  /** Between the actions and the server, where a suite asked for it. */
  tap: Tap
  /** The same, where it is to be weaker than it is. */
  weak: ImapProxy
}

interface Asked {
  what: string
  /** Both, where nothing is said. */
  on?: readonly MailSystem['kind'][]
  wire?: 'tapped' | 'weak'
  /** Where the usual one is not enough. */
  start?: () => Promise<MailSystem>
  /** Once on each. */
  seed?: (at: OnServer) => Promise<void>
}

/** `describe` on each mail system; what could not run says why. */
export const onServers = (
  { what, seed, wire, start, on = ['dovecot', 'posthorn'] }: Asked,
  tests: (at: OnServer) => void,
): void =>
  describe.each(on)(`${what} on %s`, (kind) => {
    const why = whyNot(kind)
    if (why) {
      it.skip(`did not run: ${why}`)
      return
    }
    const at = { kind } as OnServer
    const ends: (() => void | Promise<void>)[] = []

    beforeAll(async () => {
      const home = mkdtempSync(join(tmpdir(), 'posthorn-on-server-'))
      ends.push(() => rmSync(home, { recursive: true, force: true }))
      at.system = await (start ? start() : startMailSystem(kind))
      ends.push(() => at.system.stop())
      const { host } = at.system.imap
      let { port } = at.system.imap
      if (wire === 'tapped') {
        at.tap = await tapInFrontOf(at.system.imap)
        ends.push(() => at.tap.close())
        port = at.tap.port
      }
      if (wire === 'weak') {
        at.weak = await startImapProxy(at.system.imap)
        ends.push(() => at.weak.stop())
        port = at.weak.imap.port
      }
      ends.push(environment({ POSTHORN_IMAP: `imap://${host}:${port}`, POSTHORN_HOME: home }))
      const { address, password } = at.system.users.alice
      const key = `${what}:${kind}:${address}`
      at.who = { key, address, name: 'Alice', credentials: { user: address, password } }
      ends.push(() => closeAccount(key))
      at.other = await openMailbox(at.system, at.system.users.alice)
      // A test may have ended the server under it: it is closed, not logged out.
      ends.push(() => at.other.client.close())
      await seed?.(at)
    }, 120_000)
    afterAll(async () => {
      for (const end of ends.reverse()) await end()
    })

    tests(at)
  })
