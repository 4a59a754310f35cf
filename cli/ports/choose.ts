// Which ports a start takes. In demo mode nobody was asked, so a standard port that cannot be had gives way to
// the same + 10000; a port that somebody wrote down is that port or a clear error.
import { createServer } from 'node:net'
import { environmentName } from './doors'
import { whoHolds } from './holder'

const DEMO_OFFSET = 10_000

export type Refusal = 'EACCES' | 'EADDRINUSE' | 'EADDRNOTAVAIL' | 'other'

/** Null when the port can be had. */
export const tryPort = (host: string, port: number): Promise<Refusal | null> =>
  new Promise((done) => {
    const probe = createServer()
    probe.once('error', ({ code }: NodeJS.ErrnoException) =>
      done(code === 'EACCES' || code === 'EADDRINUSE' || code === 'EADDRNOTAVAIL' ? code : 'other'),
    )
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => done(null)))
  })

export interface Wish {
  host: string
  port: number
  /** What the port is for, and the key that changes it. */
  says: string
  key: string
  /** `fixed`: somebody wrote this port down. */
  kind: 'fixed' | 'demo'
}

export class PortTaken extends Error {
  override readonly name = 'PortTaken'
}

const because = (refusal: Refusal, { host, port }: Wish) => {
  if (refusal === 'EACCES') return 'ports below 1024 need root or the capability CAP_NET_BIND_SERVICE'
  if (refusal === 'EADDRNOTAVAIL') return `this machine has no address ${host}`
  if (refusal === 'other') return `the system refused to listen on ${host}`
  const holder = whoHolds(port)
  return holder ? `it is held by ${holder.command} (process ${holder.pid})` : 'another program holds it'
}

const explain = (wish: Wish, refusal: Refusal) =>
  `Port ${wish.port} (${wish.says}) cannot be had: ${because(refusal, wish)}.\n` +
  `Set ${wish.key} in posthorn.toml, or ${environmentName(wish.key)}, to choose another.`

export const choosePort = async (wish: Wish): Promise<number> => {
  if (wish.port === 0) return 0
  const refusal = await tryPort(wish.host, wish.port)
  if (refusal === null) return wish.port
  const canMove = wish.kind === 'demo' && (refusal === 'EACCES' || refusal === 'EADDRINUSE')
  if (!canMove) throw new PortTaken(explain(wish, refusal))
  const moved = { ...wish, port: wish.port + DEMO_OFFSET }
  const second = await tryPort(moved.host, moved.port)
  if (second !== null) throw new PortTaken(explain(moved, second))
  return moved.port
}
