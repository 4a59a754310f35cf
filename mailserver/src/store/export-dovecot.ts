// `dovecot-uidlist`, `dovecot-keywords` and `subscriptions`, so that a Dovecot pointed at the Maildir keeps every UID
// (doc.dovecot.org: Maildir mailbox format; uidlist version 3).
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathOf, type Context, type MailboxRecord } from './context'
import { splitName } from './maildir'

const write = (path: string, text: string) => {
  writeFileSync(`${path}.new`, text, { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

/** Dovecot's mailbox GUID is 128 bits in hex. */
const guidOf = (record: MailboxRecord) => createHash('sha256').update(record.guid).digest('hex').slice(0, 32)

const exportMailbox = (ctx: Context, record: MailboxRecord): number => {
  const path = pathOf(ctx, record)
  const rows = ctx
    .q<{ uid: number; name: string }>('select uid, name from message where mailbox = ? order by uid')
    .all(record.id)
  const head = `3 V${record.uidvalidity} N${record.uidnext} G${guidOf(record)}\n`
  write(
    join(path, 'dovecot-uidlist'),
    head + rows.map(({ uid, name }) => `${uid} :${splitName(name).base}\n`).join(''),
  )
  if (existsSync(join(path, 'posthorn-keywords'))) {
    copyFileSync(join(path, 'posthorn-keywords'), join(path, 'dovecot-keywords'))
  }
  return rows.length
}

export const exportDovecot = (ctx: Context): { mailboxes: number; messages: number } => {
  const boxes = ctx.q<MailboxRecord>('select * from mailbox where folder is not null order by name').all()
  const messages = boxes.reduce((sum, record) => sum + exportMailbox(ctx, record), 0)
  // Version 2: levels are joined by tabs, names are modified UTF-7.
  const names = boxes
    .filter(({ subscribed }) => subscribed)
    .map(({ name, folder }) => (name === 'INBOX' ? name : folder!.slice(1).replaceAll('.', '\t')))
  write(join(ctx.maildir, 'subscriptions'), `V\t2\n\n${names.map((name) => `${name}\n`).join('')}`)
  return { mailboxes: boxes.length, messages }
}
