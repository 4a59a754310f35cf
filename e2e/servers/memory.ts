// What a process takes, as Linux counts it (proc(5)).
import { readFileSync, writeFileSync } from 'node:fs'

/** Resident now, at most since the mark was begun anew, or of pages that no file has. */
export const megabytes = (pid: number, field: 'VmRSS' | 'VmHWM' | 'RssAnon'): number =>
  Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

/** The highest mark begins anew (proc(5), clear_refs); tells what is resident now. */
export const idleMegabytes = (pid: number): number => {
  const idle = megabytes(pid, 'VmRSS')
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
  return idle
}
