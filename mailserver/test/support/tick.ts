// Time as file systems count it: what is written within one tick of the kernel's clock carries one time.
import { statSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'

const timeOf = (path: string): bigint => statSync(path, { bigint: true }).mtimeNs

/** Resolves when a change in this mailbox's folder carries a later time than what was done there until now. */
export const nextTick = async (maildir: string): Promise<void> => {
  const youngest = ['new', 'cur'].map((each) => timeOf(join(maildir, each)))
  const probe = join(maildir, 'tmp', 'tick')
  do {
    await setImmediate()
    writeFileSync(probe, '')
  } while (youngest.some((time) => time >= timeOf(probe)))
  unlinkSync(probe)
}
