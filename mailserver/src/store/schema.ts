// The database of one user: everything but the bytes. It can be rebuilt from the Maildir (reindex.ts).
//
// Invariants:
//  - WAL with synchronous=NORMAL: a commit survives the death of the process; `syncWal` (arrivals.ts) makes it survive
//    the death of the machine, off the event loop, where a promise says so.
//  - `message` stays narrow, because lists scan it; wide facts are in `content`, shared by the copies of a message.
import Database from 'better-sqlite3'
import type { Context } from './context'

const tables = `
create table meta (key text primary key, value any) without rowid;
create table mailbox (
  id integer primary key autoincrement,
  name text not null unique,
  folder text unique,
  guid text not null unique,
  uidvalidity integer not null,
  uidnext integer not null default 1,
  modseq integer not null default 1,
  messages integer not null default 0,
  unseen integer not null default 0,
  deleted integer not null default 0,
  size integer not null default 0,
  subscribed integer not null default 0,
  selectable integer not null default 1,
  special_use text,
  log_start integer not null default 0,
  known_times text not null default ''
);
create table message (
  mailbox integer not null,
  uid integer not null,
  modseq integer not null,
  flags text not null,
  name text not null,
  internal integer not null,
  saved integer not null,
  size integer not null,
  ends text not null,
  content integer not null,
  primary key (mailbox, uid)
) without rowid;
create index message_modseq on message (mailbox, modseq);
create index message_content on message (content);
create table content (
  id integer primary key autoincrement,
  hash text not null unique,
  thread text not null,
  sent integer,
  envelope text not null,
  body text not null,
  structure text not null,
  preview text not null
);
create index content_thread on content (thread);
create table thread_ref (message_id text primary key, thread text not null) without rowid;
create table expunged (
  mailbox integer not null, modseq integer not null, uid integer not null,
  primary key (mailbox, modseq, uid)
) without rowid;
create table mirror (mailbox integer not null, uid integer not null, primary key (mailbox, uid)) without rowid;
create table doomed (mailbox integer not null, name text not null, primary key (mailbox, name)) without rowid;
create table keyword (
  mailbox integer not null, letter text not null, name text not null, primary key (mailbox, letter)
) without rowid;
create table delivery (
  hash text primary key, mailbox integer not null, uidvalidity integer not null, uid integer not null,
  at integer not null
) without rowid;
create index delivery_at on delivery (at);
`

/** `born` names this database, so that what is derived from another (search.db) is known as stale. */
const searchable = `
alter table content add column sent_day integer;
update content set sent_day = sent / 86400;
insert into meta (key, value) values ('born', lower(hex(randomblob(16))));
`

/** Removed mailboxes whose rows are still to be deleted, in slices. */
const orphans = 'create table orphan (mailbox integer primary key);'

/** Read no more, but where `sorting` is made for old rows. */
const ancestry = 'alter table content add column ancestry text;'

/** What `posthorn-more-keywords` says of a message (more-keywords.ts). */
const unlettered = `
create table unlettered (
  mailbox integer not null, uid integer not null, words text not null, primary key (mailbox, uid)
) without rowid;
`

/**
 * What SORT and THREAD order by (sorting.ts), apart from the wide rows they come from. `unsorted` is the last content
 * older than the table: rows up to it are made in slices.
 */
const sortable = `
create table sorting (
  content integer primary key,
  sent integer,
  subject text not null,
  answer integer not null,
  sender text not null,
  recipient text not null,
  copied text not null,
  shown_sender text not null,
  shown_recipient text not null,
  ancestry text not null
);
insert into meta (key, value) select 'unsorted', coalesce(max(id), 0) from content;
`

export const migrations: readonly string[] = [tables, searchable, orphans, ancestry, unlettered, sortable]

export const openDatabase = (file: string): Database.Database => {
  const db = new Database(file)
  db.pragma('journal_mode = wal')
  db.pragma('synchronous = normal')
  db.pragma('cache_size = -2000')
  // The text worker does it; this is for when there is none.
  db.pragma('wal_autocheckpoint = 4000')
  db.pragma('busy_timeout = 5000')
  db.pragma('trusted_schema = off')
  const version = db.pragma('user_version', { simple: true }) as number
  if (version > migrations.length) {
    db.close()
    throw new Error(`${file} was written by a newer version`)
  }
  for (let next = version; next < migrations.length; next++) {
    db.transaction(() => {
      db.exec(migrations[next]!)
      db.pragma(`user_version = ${next + 1}`)
    })()
  }
  return db
}

const deliveriesKept = 10 * 24 * 3600 * 1000
const expungesKept = 20_000

/** Deliveries the queue can no longer repeat, and expunges older than any client that is still coming. */
export const forgetOld = (ctx: Context): void => {
  ctx.q('delete from delivery where at < ?').run(Date.now() - deliveriesKept)
  ctx
    .q(
      `delete from unlettered where not exists
       (select 1 from message m where m.mailbox = unlettered.mailbox and m.uid = unlettered.uid)`,
    )
    .run()
  const long = ctx
    .q<{ mailbox: number }>('select mailbox from expunged group by mailbox having count(*) > ?')
    .all(2 * expungesKept)
  for (const { mailbox } of long) {
    const upTo = ctx
      .q<number>('select modseq from expunged where mailbox = ? order by modseq desc limit 1 offset ?')
      .pluck()
      .get(mailbox, expungesKept)
    ctx.q('delete from expunged where mailbox = ? and modseq <= ?').run(mailbox, upTo)
    ctx.q('update mailbox set log_start = ? where id = ?').run(upTo, mailbox)
  }
}
