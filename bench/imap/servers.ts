// Ours and Debian's Dovecot, each with the same Maildirs.
import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestUser } from '../../e2e/servers/contract'
import { dovecotMaildir, startDovecot } from '../../e2e/servers/dovecot'
import { fillMaildirs } from '../../e2e/servers/maildir'
import { posthornMaildir, startPosthorn } from '../../e2e/servers/posthorn'
import { DOMAIN } from '../../e2e/servers/users'
import { letters } from './content'

export interface Server {
  name: 'posthorn' | 'dovecot'
  port: number
  pid(): number
  /** Ends it and starts it again on the same mail. */
  restart(): Promise<void>
  stop(): Promise<void>
}

const userNamed = (name: string): TestUser => ({ address: `${name}@${DOMAIN}`, password: 'bench-secret' })

/** One mailbox that is worked on, and those that only idle: Dovecot allows a user forty connections here. */
export const reader = userNamed('alice')
export const idlers = Array.from({ length: 25 }, (_, n) => userNamed(`idle${n}`))
const idlersMail = 100

export const startServers = async (
  messages: number,
): Promise<{ servers: Server[]; stop(): Promise<void> }> => {
  const folder = mkdtempSync(join(tmpdir(), 'posthorn-bench-'))
  chmodSync(folder, 0o755)
  const users = [reader, ...idlers]
  const theirs = join(folder, 'dovecot')
  mkdirSync(theirs)
  const dovecot = await startDovecot(theirs, users)
  const posthorn = await startPosthorn({
    users,
    prepare: (home) => {
      for (const user of users) {
        const { path, owner } = dovecotMaildir(theirs, user)
        fillMaildirs([posthornMaildir(home, user), path], letters(user === reader ? messages : idlersMail))
        chownSync(dirname(path), owner, owner)
        execFileSync('chown', ['-R', `${owner}:${owner}`, path])
      }
    },
  })
  const stop = async () => {
    await posthorn.stop()
    await dovecot.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  const servers: Server[] = [
    {
      name: 'posthorn',
      port: posthorn.imap.port,
      pid: posthorn.pid,
      restart: posthorn.restart,
      stop: posthorn.stop,
    },
    { name: 'dovecot', port: dovecot.port, pid: dovecot.pid, restart: dovecot.crash, stop: dovecot.stop },
  ]
  return { servers, stop }
}
