// A door that cannot be opened says which port, why, and which key changes it.
import { Failure } from './errors'

/** Which key asked for which port. */
export type Wanted = Partial<Record<string, number | 'off'>>

export const explainPort = (error: unknown, host: string, wanted: Wanted): unknown => {
  const { code, port } = error as NodeJS.ErrnoException & { port?: number }
  const key = Object.keys(wanted).find((each) => wanted[each] === port) ?? 'its port'
  if (code === 'EADDRINUSE') {
    return new Failure(
      'port-taken',
      `port ${port} on ${host} is taken by another program: stop it, or set ${key}`,
    )
  }
  if (code === 'EACCES') {
    return new Failure(
      'port-forbidden',
      `port ${port} on ${host} needs more rights than this process has: set ${key}`,
    )
  }
  if (code === 'EADDRNOTAVAIL')
    return new Failure('config', `mail_host = ${host}: this machine has no such address`)
  return error
}

/** The ports among these that are not switched off, under their door's name. */
export const openOnes = <K extends string>(ports: Record<K, number | 'off'>): Partial<Record<K, number>> =>
  Object.fromEntries(Object.entries(ports).filter(([, port]) => port !== 'off')) as Partial<Record<K, number>>
