// A man in the middle between the web app and an IMAP server, for the days when the server is not as good as ours:
// one that knows no extension, and one whose line breaks at any reply. It understands as much of RFC 3501 as it takes
// to find where a reply begins: lines, and the literals that go on in them.
import { createConnection, createServer, type Server, type Socket } from 'node:net'
import type { MailSystem } from './contract'
import { freePort } from './ports'

export type Weakness =
  | { is: 'none' }
  /** Nothing but RFC 3501 is offered, told or done. */
  | { is: 'no-extensions' }
  /** The reply of this number, counted from when this is set, is not delivered: the line is cut instead. */
  | { is: 'cut'; at: number }
  /** Commands that look like this are passed on only when this is set again. */
  | { is: 'holds'; what: RegExp }

export interface ImapProxy {
  imap: MailSystem['imap']
  set(weakness: Weakness): void
  /** Whether the line was cut since it was last set. */
  wasCut(): boolean
  /** Every line breaks, and until `set` none is taken any more. */
  refuse(): void
  stop(): Promise<void>
}

/** Extensions whose commands a server of RFC 3501 alone would not know. */
const unknownCommand =
  /^\S+ (UID )?(ENABLE|ID|IDLE|NOTIFY|MOVE|SORT|THREAD|NAMESPACE|COMPRESS|UNSELECT|GETQUOTA\w*|GETACL|MYRIGHTS|LISTRIGHTS|METADATA|GETMETADATA|CONVERT|UID EXPUNGE|REPLACE|ESEARCH)\b/i
const unknownWords =
  /^\S+ (UID EXPUNGE\b|LIST \(|LIST .* RETURN \(|(SELECT|EXAMINE) .*\((CONDSTORE|QRESYNC)|(UID )?SEARCH RETURN|STATUS .*(HIGHESTMODSEQ|SIZE|MAILBOXID|DELETED)|(UID )?(FETCH|STORE) .*(MODSEQ|CHANGEDSINCE|VANISHED|PREVIEW|SAVEDATE|EMAILID|THREADID))/i

/** Nobody could stand in the middle of it. */
const encryption = / STARTTLS\b/gi
const plainCapability = 'CAPABILITY IMAP4rev1 AUTH=PLAIN'
const specialUse =
  / ?\\(All|Archive|Drafts|Flagged|Junk|Sent|Trash|Important|HasChildren|HasNoChildren|Subscribed|NonExistent)(?=[ )])/gi

/** A reply as it would come from a server that has no extension. */
const stripped = (line: string): string => {
  if (/^\* CAPABILITY /i.test(line)) return `* ${plainCapability}\r\n`
  if (/^\* LIST /i.test(line)) return line.replace(specialUse, '').replace('( ', '(')
  return line
    .replace(/\[CAPABILITY [^\]]*\]/i, `[${plainCapability}]`)
    .replace(/\[(APPENDUID|COPYUID|HIGHESTMODSEQ|NOMODSEQ|MAILBOXID|CLOSED)[^\]]*\] ?/i, '')
}

interface Piece {
  bytes: Buffer
  /** The first line of a reply or a command. */
  begins: 'yes' | 'no'
}

/** Lines and literals of one direction; `begins` tells replies from what goes on within one. */
const reader = () => {
  let rest = Buffer.alloc(0)
  let literal = 0
  let within = false
  return function* (chunk: Buffer): Generator<Piece> {
    rest = Buffer.concat([rest, chunk])
    while (rest.length > 0) {
      if (literal > 0) {
        const bytes = rest.subarray(0, literal)
        literal -= bytes.length
        rest = rest.subarray(bytes.length)
        yield { bytes, begins: 'no' }
        continue
      }
      const end = rest.indexOf('\r\n')
      if (end < 0) return
      const bytes = rest.subarray(0, end + 2)
      rest = rest.subarray(end + 2)
      const begins = within ? 'no' : 'yes'
      const opens = /\{(\d+)\+?\}\r\n$/.exec(bytes.toString('latin1', Math.max(0, bytes.length - 30)))
      literal = opens ? Number(opens[1]) : 0
      within = opens !== null
      yield { bytes, begins }
    }
  }
}

interface Link {
  near: Socket
  far: Socket
}

const cut = ({ near, far }: Link): void => {
  near.destroy()
  far.destroy()
}

export const startImapProxy = async (imap: MailSystem['imap']): Promise<ImapProxy> => {
  let weakness: Weakness | { is: 'refuses' } = { is: 'none' }
  let replies = 0
  let broke = false
  const links = new Set<Link>()

  let held: (() => void)[] = []
  const forth = (link: Link, { bytes, begins }: Piece) => {
    const line = bytes.toString('latin1')
    if (weakness.is === 'holds' && begins === 'yes' && weakness.what.test(line)) {
      held.push(() => void (link.far.destroyed || link.far.write(bytes)))
      return
    }
    const unknown = unknownCommand.test(line) || unknownWords.test(line)
    if (weakness.is === 'no-extensions' && begins === 'yes' && unknown)
      link.near.write(`${line.split(' ', 1)[0]} BAD Unknown command\r\n`)
    else link.far.write(bytes)
  }
  const back = (link: Link, { bytes, begins }: Piece): unknown => {
    if (weakness.is === 'cut' && begins === 'yes' && ++replies === weakness.at) {
      broke = true
      return cut(link)
    }
    if (begins === 'no') return link.near.write(bytes)
    const line = bytes.toString('latin1').replace(encryption, '')
    link.near.write(Buffer.from(weakness.is === 'no-extensions' ? stripped(line) : line, 'latin1'))
  }
  const accept = (near: Socket) => {
    const link = { near, far: createConnection(imap) }
    if (weakness.is === 'refuses') return cut(link)
    links.add(link)
    const [read, answered] = [reader(), reader()]
    near.on('data', (chunk) => {
      for (const piece of read(chunk)) forth(link, piece)
    })
    link.far.on('data', (chunk) => {
      for (const piece of answered(chunk)) if (!near.destroyed) back(link, piece)
    })
    for (const socket of [near, link.far]) {
      socket.on('error', () => undefined)
      socket.on('close', () => {
        cut(link)
        links.delete(link)
      })
    }
  }
  const port = await freePort()
  const server: Server = createServer(accept)
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  return {
    imap: { host: '127.0.0.1', port },
    set: (next) => {
      weakness = next
      replies = 0
      broke = false
      for (const pass of held) pass()
      held = []
    },
    wasCut: () => broke,
    refuse: () => {
      weakness = { is: 'refuses' }
      for (const link of links) cut(link)
    },
    stop: async () => {
      for (const link of links) cut(link)
      await new Promise((done) => server.close(done))
    },
  }
}
