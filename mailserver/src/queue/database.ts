// queue.db: who is still owed what. The bytes are in spool files beside it. A recipient row lives until its
// delivery is final; a message row until its last recipient is gone.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { NewRow, Notify, QueuedMessage, Target, WaitingRecipient } from './model'

const schema = `
  CREATE TABLE IF NOT EXISTS messages (
    id TEXT PRIMARY KEY, sender TEXT NOT NULL, owner TEXT, receivedAt INTEGER NOT NULL, size INTEGER NOT NULL,
    prefix INTEGER NOT NULL, ret TEXT, envid TEXT, smtpUtf8 INTEGER NOT NULL, requireTls INTEGER NOT NULL,
    held INTEGER NOT NULL DEFAULT 0, sum INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS recipients (
    row INTEGER PRIMARY KEY AUTOINCREMENT, message TEXT NOT NULL, address TEXT NOT NULL, original TEXT NOT NULL,
    orcpt TEXT, notify TEXT NOT NULL, target TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
    due INTEGER NOT NULL, lastReply TEXT NOT NULL DEFAULT '', warned INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX IF NOT EXISTS recipientsOfMessage ON recipients (message);
`

/** What came after the first version; two processes may open the file at once. */
const addColumns = (db: Database.Database): void =>
  db
    .transaction(() => {
      const columns = db.pragma('table_info(messages)') as { name: string }[]
      if (!columns.some(({ name }) => name === 'sum')) db.exec('ALTER TABLE messages ADD COLUMN sum INTEGER')
    })
    .immediate()

export const openQueueDatabase = (
  folder: string,
  durability: 'each commit' | 'by the committer',
): Database.Database => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const db = new Database(join(folder, 'queue.db'))
  db.pragma('journal_mode = WAL')
  // FULL makes every commit durable at once; NORMAL leaves that to the committer, which syncs the log itself.
  db.pragma(`synchronous = ${durability === 'each commit' ? 'FULL' : 'NORMAL'}`)
  db.pragma('busy_timeout = 5000')
  db.exec(schema)
  addColumns(db)
  return db
}

type MessageRow = Omit<QueuedMessage, 'recipients' | 'smtpUtf8' | 'requireTls' | 'held'> & {
  smtpUtf8: number
  requireTls: number
  held: number
}
type RecipientRow = Omit<WaitingRecipient, 'notify' | 'target' | 'warned'> & {
  message: string
  notify: string
  target: string
  warned: number
}

const asRecipient = ({ message: _, ...row }: RecipientRow): WaitingRecipient => ({
  ...row,
  notify: row.notify.split(',').filter(Boolean) as Notify[],
  target: JSON.parse(row.target) as Target,
  warned: row.warned === 1,
})

/** The statements of the queue; every write is called inside a transaction of the committer. */
export const queueStatements = (db: Database.Database) => {
  const insertMessage = db.prepare(
    `INSERT INTO messages (id, sender, owner, receivedAt, size, prefix, ret, envid, smtpUtf8, requireTls, sum)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const insertRecipient = db.prepare(
    `INSERT INTO recipients (message, address, original, orcpt, notify, target, due) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  const postpone = db.prepare(
    'UPDATE recipients SET attempts = ?, due = ?, lastReply = ?, warned = ? WHERE row = ?',
  )
  const dropRecipient = db.prepare('DELETE FROM recipients WHERE row = ?')
  const dropRecipients = db.prepare('DELETE FROM recipients WHERE message = ?')
  const dropMessage = db.prepare('DELETE FROM messages WHERE id = ?')
  const allMessages = db.prepare('SELECT * FROM messages ORDER BY receivedAt')
  const allRecipients = db.prepare('SELECT * FROM recipients ORDER BY row')
  return {
    /** Returns the row numbers of the recipients, in their order. */
    insert: (message: NewRow): number[] => {
      insertMessage.run(
        message.id,
        message.sender,
        message.owner,
        message.receivedAt,
        message.size,
        message.prefix,
        message.ret,
        message.envid,
        Number(message.smtpUtf8),
        Number(message.requireTls),
        message.sum,
      )
      return message.recipients.map(({ address, original, orcpt, notify, target }) =>
        Number(
          insertRecipient.run(
            message.id,
            address,
            original,
            orcpt,
            notify.join(','),
            JSON.stringify(target),
            message.receivedAt,
          ).lastInsertRowid,
        ),
      )
    },
    postpone: ({ attempts, due, lastReply, warned, row }: WaitingRecipient): void =>
      void postpone.run(attempts, due, lastReply, Number(warned), row),
    dropRecipient: (row: number): void => void dropRecipient.run(row),
    dropMessage: (id: string): void => void dropMessage.run(id),
    /** The message and everybody it was for. */
    forget: (id: string): void => {
      dropRecipients.run(id)
      dropMessage.run(id)
    },
    load: (): QueuedMessage[] => {
      const byMessage = new Map<string, WaitingRecipient[]>()
      for (const row of allRecipients.all() as RecipientRow[]) {
        const list = byMessage.get(row.message)
        if (list) list.push(asRecipient(row))
        else byMessage.set(row.message, [asRecipient(row)])
      }
      return (allMessages.all() as MessageRow[]).map((row) => ({
        ...row,
        smtpUtf8: row.smtpUtf8 === 1,
        requireTls: row.requireTls === 1,
        held: row.held === 1,
        recipients: byMessage.get(row.id) ?? [],
      }))
    },
  }
}

export type QueueStatements = ReturnType<typeof queueStatements>
