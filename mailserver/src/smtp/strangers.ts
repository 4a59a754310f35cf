// A stranger's message is read, checked, and written below what the checks found: a small one is written once, what is
// not held in memory stands in a first file meanwhile and is written anew.
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import type { HookParts } from './hooks'
import { isRefusal, readMessage, type Read, type Refusal } from './incoming'
import type { SpoolFile } from '../queue/spool'
import type { Trace } from './trace'

/** Fields of the spam filter: a stranger's word for them is worth nothing. */
const spamFields = new Set(['x-spam-flag', 'x-spam-status'])

interface First {
  /** What was read, from this byte on. */
  from: (start: number) => Readable
  prefix: number
  size: number
  recipients: readonly string[]
}

type Found = { headers: string; folder: 'INBOX' | 'Junk' } | Refusal

/** What sender checks and spam filter make of it. */
const judge = async ({ checks, spam, config }: HookParts, trace: Trace, first: First): Promise<Found> => {
  const { from, prefix, size, recipients } = first
  const { sender, helo, clientAddress: ip, queueId } = trace
  const checked =
    config.sender_checks === 'on'
      ? await checks.check({ open: () => from(0), sender, ip, helo })
      : { verdict: 'take' as const, headers: '', domain: '' }
  if (checked.verdict === 'refuse')
    return { code: 550, text: `5.7.1 refused by the DMARC policy of ${checked.domain}` }
  const message = { open: () => from(prefix), size: size - prefix }
  const opinion = await spam?.({ ...message, queueId, sender, recipients, ip, helo })
  if (opinion?.verdict === 'refuse') return { code: 550, text: '5.7.1 refused as spam' }
  if (opinion?.verdict === 'later') return { code: 451, text: '4.7.1 try again later' }
  const isJunk = checked.verdict === 'junk' || opinion?.verdict === 'junk'
  return { headers: checked.headers + (opinion?.headers ?? ''), folder: isJunk ? 'Junk' : 'INBOX' }
}

/** What is held in memory never becomes a file of its own. */
const sourceOf = async (first: SpoolFile): Promise<Pick<First, 'from' | 'size'>> => {
  const { bytes, size } = first.seal()
  if (bytes) return { size, from: (start) => Readable.from([bytes.subarray(start)]) }
  await first.close()
  return { size, from: (start) => createReadStream(first.path, { start }) }
}

const chunksBelow = async function* (head: Buffer, body: Readable): AsyncGenerator<Buffer> {
  let above: Buffer | null = head
  for await (const chunk of body) {
    // In one piece: a spool file holds back its first write, where that is small, until somebody wants it as a file.
    yield above ? Buffer.concat([above, chunk as Buffer]) : (chunk as Buffer)
    above = null
  }
  if (above) yield above
}

export const readAndCheck = async (
  parts: HookParts,
  trace: Trace,
  { stream, recipients }: { stream: AsyncIterable<Buffer>; recipients: readonly string[] },
): Promise<Read | Refusal> => {
  const { queue, config, door, spam } = parts
  const rules = {
    serverName: config.mail_hostname,
    domain: config.domain,
    door,
    ...(spam ? { ours: spamFields } : {}),
  }
  const first = queue.create(`${trace.queueId}.in`)
  try {
    const sizeLimit = config.message_size_limit
    const read = await readMessage({ stream, file: first, trace, rules, sizeLimit })
    if (isRefusal(read)) return read
    const { prefix } = read
    const source = await sourceOf(first)
    const found = await judge(parts, trace, { ...source, prefix, recipients })
    if (isRefusal(found)) return found
    const file = queue.create(trace.queueId)
    try {
      const head = Buffer.from(`Return-Path: <${trace.sender}>\r\n${found.headers}`)
      for await (const chunk of chunksBelow(head, source.from(prefix))) await file.write(chunk)
      return { file, taken: { sealed: file.seal(), prefix }, folder: found.folder }
    } catch (error) {
      await file.discard()
      throw error
    }
  } finally {
    await first.discard()
  }
}
