import 'server-only'
import { createConnection, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { sql } from 'kysely'
import { config, type MailDoor } from '../config'
import { database } from '../user/db'

export interface Readiness {
  ready: boolean
  parts: Record<'database' | 'imap' | 'submission', { ok: boolean; ms: number }>
}

const answerWithinMs = 3000

/** Whether what we stand on answers, and how fast. Names no host: this page is open to everybody. */
export const checkReady = async (): Promise<Readiness> => {
  const [db, imap, submission] = await Promise.all([
    timed(async () => void (await sql`select 1`.execute(await database()))),
    timed(() => reach(config().imap)),
    timed(() => reach(config().submission)),
  ])
  return { ready: db.ok && imap.ok && submission.ok, parts: { database: db, imap, submission } }
}

const timed = async (check: () => Promise<void>): Promise<{ ok: boolean; ms: number }> => {
  const started = performance.now()
  const ok = await check().then(
    () => true,
    () => false,
  )
  return { ok, ms: Math.round(performance.now() - started) }
}

const open = ({ host, port, tls, loopback }: MailDoor): Socket =>
  tls === 'implicit'
    ? connectTls({ host, port, rejectUnauthorized: !loopback, ...(isIP(host) ? {} : { servername: host }) })
    : createConnection({ host, port })

/** Until it has greeted: a port that a hung server still holds takes connections, too. */
const reach = (door: MailDoor): Promise<void> =>
  new Promise((reached, failed) => {
    const socket = open(door)
    const end = (settle: () => void) => {
      clearTimeout(late)
      socket.destroy()
      settle()
    }
    const late = setTimeout(() => end(() => failed(new Error('no answer'))), answerWithinMs)
    // RFC 9051 section 7.1 and RFC 5321 section 4.2.
    socket.once('data', (said: Buffer) =>
      end(/^(\* OK|220)/i.test(said.toString('latin1')) ? reached : () => failed(new Error('no greeting'))),
    )
    socket.once('error', (error) => end(() => failed(error)))
    socket.once('end', () => end(() => failed(new Error('closed'))))
  })
