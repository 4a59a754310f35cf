// Two mail systems that take mail on 25 and keep it in Maildirs: ours, and Debian's Postfix handing over to Dovecot
// by LMTP. Both write durably before they answer.
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestUser } from '../../e2e/servers/contract'
import { dovecotMaildir, startDovecot } from '../../e2e/servers/dovecot'
import { startPostfix } from '../../e2e/servers/postfix'
import { startPosthorn } from '../../e2e/servers/posthorn'
import { DOMAIN } from '../../e2e/servers/users'

export const users: TestUser[] = Array.from({ length: 10 }, (_, n) => ({
  address: `user${n}@${DOMAIN}`,
  password: 'bench-secret',
}))

export interface Server {
  name: 'posthorn' | 'postfix'
  smtp: number
  imap: number
  /** Messages in all inboxes, as their folders show. */
  count(): number
}

const filesIn = (folder: string): number => {
  try {
    return readdirSync(folder).length
  } catch {
    return 0
  }
}

const counter = (maildirs: readonly string[]) => () =>
  maildirs.reduce((sum, path) => sum + filesIn(join(path, 'new')) + filesIn(join(path, 'cur')), 0)

export const startServers = async (): Promise<{ servers: Server[]; stop(): Promise<void> }> => {
  const folder = mkdtempSync(join(tmpdir(), 'posthorn-bench-'))
  chmodSync(folder, 0o755)
  const [forDovecot, forPostfix] = [join(folder, 'dovecot'), join(folder, 'postfix')]
  for (const each of [forDovecot, forPostfix]) mkdirSync(each)
  const posthorn = await startPosthorn({ users })
  const dovecot = await startDovecot(forDovecot, users)
  const postfix = await startPostfix(forPostfix, dovecot, users)
  const ours = users.map(({ address }) => join(posthorn.home, 'mail', 'users', address, 'Maildir'))
  const theirs = users.map((user) => dovecotMaildir(forDovecot, user).path)
  const servers: Server[] = [
    { name: 'posthorn', smtp: posthorn.smtp.port, imap: posthorn.imap.port, count: counter(ours) },
    { name: 'postfix', smtp: postfix.smtp, imap: dovecot.port, count: counter(theirs) },
  ]
  const stop = async () => {
    await posthorn.stop()
    await postfix.stop()
    await dovecot.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { servers, stop }
}
