// A literal of a command: small ones in memory, large ones in a file beside the store, so that APPEND of a
// large message costs no memory and the store can link it instead of copying.
import { randomBytes } from 'node:crypto'
import { open, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Intake } from './intake'

export interface Literal {
  size: number
  bytes: Buffer | null
  file: string | null
  /** RFC 3516: `~{n}`, may hold NUL. */
  binary: boolean
}

export interface LiteralHeader {
  size: number
  binary: boolean
  /** RFC 7888: `{n+}`, sent without waiting for us. */
  waits: boolean
}

const inMemory = 512 * 1024

export const literalHeader = (line: string): LiteralHeader | null => {
  if (!line.endsWith('}')) return null
  const found = /(~?)\{(\d{1,15})(\+?)\}$/.exec(line.slice(-24))
  if (!found) return null
  return { size: Number(found[2]), binary: found[1] === '~', waits: found[3] !== '+' }
}

export const readLiteral = async (
  intake: Intake,
  header: LiteralHeader,
  folder: string,
): Promise<Literal | null> => {
  const { size, binary } = header
  if (size > inMemory) return readToFile(intake, header, folder)
  const parts: Buffer[] = []
  if (!(await intake.pour(size, (chunk) => void parts.push(chunk)))) return null
  return { size, bytes: Buffer.concat(parts), file: null, binary }
}

const readToFile = async (intake: Intake, header: LiteralHeader, folder: string): Promise<Literal | null> => {
  const file = join(folder, `literal-${process.pid}-${randomBytes(8).toString('hex')}`)
  const handle = await open(file, 'wx', 0o600)
  let whole = false
  try {
    whole = await intake.pour(header.size, async (chunk) => void (await handle.write(chunk)))
    if (whole) await handle.sync()
  } finally {
    await handle.close()
    if (!whole) await unlink(file)
  }
  return whole ? { size: header.size, bytes: null, file, binary: header.binary } : null
}

export const discardLiterals = async (literals: readonly Literal[]): Promise<void> => {
  for (const { file } of literals) if (file) await unlink(file).catch(() => undefined)
}
