import 'server-only'
import { createConnection } from 'node:net'
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

const reach = ({ host, port }: MailDoor): Promise<void> =>
  new Promise((reached, failed) => {
    const socket = createConnection({ host, port, timeout: answerWithinMs })
    const end = (settle: () => void) => {
      socket.destroy()
      settle()
    }
    socket.once('connect', () => end(reached))
    socket.once('timeout', () => end(() => failed(new Error('no answer'))))
    socket.once('error', (error) => end(() => failed(error)))
  })
