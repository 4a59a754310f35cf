// `search.db` beside `store.db`: decoded, folded text of every message and two indexes over it. Nothing in it is
// precious: it is made again from the files whenever it does not belong to this store.db.
//
// Invariants:
//  - `text` has a row exactly for the contents that are indexed; its rowids are the ids of `content` in store.db.
//  - An answer holds only messages whose text was compared with the needle.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { bodyText, headerText, readMessage } from '../../message'
import { withCrlf } from '../facts'
import { fold, pairQuery, pairTokens, trigramQuery } from './grams'

export interface Needle {
  in: 'header' | 'body' | 'text'
  /** Lower case; only for `header`. */
  name: string
  value: string
}

// `detail='none'`: which message, not where in it: the text decides, and the index is half as large.
const schema = `
create table if not exists meta (key text primary key, value any) without rowid;
create table if not exists text (id integer primary key, head text not null, body text not null);
create table if not exists later (id integer primary key);
create virtual table if not exists gram using fts5(
  head, body, content='', contentless_delete=1, detail='none', tokenize='trigram case_sensitive 1');
create virtual table if not exists pair using fts5(
  head, body, content='', contentless_delete=1, detail='none', tokenize='ascii');
`
/** 2: of HTML, the text that is shown. */
const version = 2
const batch = 50

const openSearch = (folder: string, born: string): Database.Database => {
  const db = new Database(join(folder, 'search.db'))
  db.pragma('journal_mode = wal')
  // Lost on a power cut: the missing are indexed again.
  db.pragma('synchronous = off')
  db.pragma('cache_size = -8000')
  db.exec(schema)
  const mine = db.prepare("select value from meta where key = 'born'").pluck().get()
  if (mine !== `${version} ${born}`) {
    db.exec('drop table gram; drop table pair; delete from text; delete from later; delete from meta;')
    db.exec(schema)
    db.prepare("insert into meta (key, value) values ('born', ?), ('last', 0)").run(`${version} ${born}`)
  }
  return db
}

interface Sought {
  needle: Needle
  hits: number[]
}

/** The head where it holds what is sought. */
type Candidate = [id: number, head: string | null, inBody: 0 | 1]

interface Source {
  name: string
  ends: 'crlf' | 'lf'
  folder: string
}

export class TextDatabase {
  private readonly db: Database.Database
  private readonly store: Database.Database

  constructor(private readonly folder: string) {
    this.store = new Database(join(folder, 'store.db'), { fileMustExist: true })
    const born = this.store.prepare("select value from meta where key = 'born'").pluck().get()
    this.db = openSearch(folder, String(born))
    this.dropStale()
  }

  close(): void {
    this.db.close()
    this.store.close()
  }

  /** Moves the store's write-ahead log into its database here, so that no connection waits for that fsync. */
  checkpoint(): void {
    this.store.pragma('wal_checkpoint(passive)')
    this.db.pragma('wal_checkpoint(passive)')
  }

  /** Indexes a few of the messages that are not; tells whether there are more. */
  indexSome(): 'more' | 'done' {
    const last = this.db.prepare("select value from meta where key = 'last'").pluck().get() as number
    const fresh = this.ids(this.store, 'select id from content where id > ? order by id limit ?', last, batch)
    const again = this.ids(this.db, 'select id from later limit 10')
    this.db.transaction(() => {
      for (const id of [...again, ...fresh]) this.indexOne(id)
      const upTo = fresh.at(-1)
      if (upTo !== undefined) this.db.prepare("update meta set value = ? where key = 'last'").run(upTo)
    })()
    return fresh.length === batch ? 'more' : 'done'
  }

  /** Contents that could not be read yet: whoever searches must look at them himself. */
  unindexed(): number[] {
    return this.ids(this.db, 'select id from later')
  }

  /** For each needle the messages that hold it. A word that is sought in many places is looked up once. */
  find(needles: readonly Needle[]): number[][] {
    const hits = needles.map((): number[] => [])
    const groups = new Map<string, Sought[]>()
    for (const [at, needle] of needles.entries()) {
      const text = soughtText(needle)
      groups.set(text, [...(groups.get(text) ?? []), { needle, hits: hits[at] as number[] }])
    }
    for (const [text, group] of groups)
      for (const candidate of this.candidates(text, group))
        for (const { needle, hits: own } of group) if (holds(needle, candidate)) own.push(candidate[0])
    return hits
  }

  private candidates(text: string, group: readonly Sought[]): IterableIterator<Candidate> {
    const inHead = group.some(({ needle }) => needle.in !== 'body') ? 'instr(text.head, $text) > 0' : '0'
    const inBody = group.some(({ needle }) => needle.in !== 'header') ? 'instr(text.body, $text) > 0' : '0'
    const columns = `text.id, iif(${inHead}, text.head, null), ${inBody}`
    const trigrams = trigramQuery(text)
    const query = trigrams ?? pairQuery(text)
    const index = trigrams === null ? 'pair' : 'gram'
    const sql =
      query === null
        ? `select ${columns} from text where $query is null`
        : `select ${columns} from ${index} join text on text.id = ${index}.rowid where ${index} match $query`
    return this.db.prepare(sql).raw().iterate({ text, query }) as IterableIterator<Candidate>
  }

  private ids(db: Database.Database, sql: string, ...values: number[]): number[] {
    return db
      .prepare(sql)
      .pluck()
      .all(...values) as number[]
  }

  private indexOne(id: number): void {
    const source = this.sourceOf(id)
    const bytes = source && this.bytesOf(source)
    this.db.prepare('delete from later where id = ?').run(id)
    // Expunged already: nothing to find.
    if (!source) return
    if (!bytes) {
      this.db.prepare('insert into later (id) values (?)').run(id)
      return
    }
    const message = readMessage(bytes)
    const head = `\n${fold(headerText(bytes, message))}`
    const body = fold(bodyText(bytes, message))
    this.db.prepare('insert or replace into text (id, head, body) values (?, ?, ?)').run(id, head, body)
    this.db.prepare('insert into gram (rowid, head, body) values (?, ?, ?)').run(id, head, body)
    const [headPairs, bodyPairs] = [pairTokens(head), pairTokens(body)]
    if (headPairs || bodyPairs) {
      this.db.prepare('insert into pair (rowid, head, body) values (?, ?, ?)').run(id, headPairs, bodyPairs)
    }
  }

  private sourceOf(id: number): Source | undefined {
    return this.store
      .prepare(
        `select message.name, ends, folder from message
         join mailbox on mailbox.id = message.mailbox where content = ? limit 1`,
      )
      .get(id) as Source | undefined
  }

  private bytesOf(source: Source): Buffer | null {
    try {
      const bytes = readFileSync(join(this.folder, 'Maildir', source.folder, source.name))
      return source.ends === 'lf' ? withCrlf(bytes) : bytes
    } catch {
      // Renamed between the row and the file; tried again at the next call.
      return null
    }
  }

  private dropStale(): void {
    const alive = new Set(this.ids(this.store, 'select id from content'))
    const stale = this.ids(this.db, 'select id from text').filter((id) => !alive.has(id))
    this.db.transaction(() => {
      for (const id of stale) {
        for (const table of ['text where id', 'gram where rowid', 'pair where rowid']) {
          this.db.prepare(`delete from ${table} = ?`).run(id)
        }
      }
    })()
  }
}

const lineOf = ({ name }: Needle): string => `\n${name}: `

/** HEADER with an empty string asks whether the field is there (RFC 9051 section 6.4.4). */
const soughtText = (needle: Needle): string =>
  needle.in === 'header' && needle.value === '' ? lineOf(needle) : needle.value

const holds = (needle: Needle, [, head, inBody]: Candidate): boolean => {
  if (needle.in === 'header') return head !== null && fieldHas(head, lineOf(needle), needle.value)
  return inBody === 1 || (needle.in === 'text' && head !== null)
}

const fieldHas = (head: string, line: string, value: string): boolean => {
  for (let at = head.indexOf(line); at !== -1; at = head.indexOf(line, at + 1)) {
    const end = head.indexOf('\n', at + 1)
    if (head.slice(at + line.length, end === -1 ? undefined : end).includes(value)) return true
  }
  return false
}
