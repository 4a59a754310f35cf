// Who holds a port, from /proc: the answer to the first question after "address already in use".
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

const LISTENING = '0A'

export interface Holder {
  pid: number
  command: string
}

/** Inodes of the sockets that listen on this port, from the text of /proc/net/tcp or tcp6. */
export const listeningInodes = (table: string, port: number): string[] => {
  const hex = port.toString(16).toUpperCase().padStart(4, '0')
  return table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local = '', , state]) => state === LISTENING && local.endsWith(`:${hex}`))
    .map((fields) => fields[9] ?? '')
    .filter((inode) => /^\d+$/.test(inode) && inode !== '0')
}

const orNothing = <T>(read: () => T, nothing: T): T => {
  try {
    return read()
  } catch {
    return nothing
  }
}

const holdsOneOf = (pid: string, sockets: Set<string>) =>
  orNothing(() => readdirSync(`/proc/${pid}/fd`), []).some((fd) =>
    sockets.has(orNothing(() => readlinkSync(`/proc/${pid}/fd/${fd}`), '')),
  )

/** Null where there is no /proc, or the process is another user's. */
export const whoHolds = (port: number): Holder | null => {
  const tables = ['/proc/net/tcp', '/proc/net/tcp6'].map((file) =>
    orNothing(() => readFileSync(file, 'latin1'), ''),
  )
  const sockets = new Set(
    tables.flatMap((table) => listeningInodes(table, port)).map((inode) => `socket:[${inode}]`),
  )
  if (sockets.size === 0) return null
  const pid = orNothing(() => readdirSync('/proc'), [])
    .filter((name) => /^\d+$/.test(name))
    .find((name) => holdsOneOf(name, sockets))
  if (!pid) return null
  const command = orNothing(() => readFileSync(`/proc/${pid}/comm`, 'utf8').trim(), '')
  return { pid: Number(pid), command: command || 'a program' }
}
