// A stranger's message is read into a first file, checked, and written anew below what the checks found.
import { createReadStream } from 'node:fs'
import type { HookParts } from './hooks'
import { isRefusal, readMessage, type Read, type Refusal } from './incoming'
import type { Trace } from './trace'

/** Fields of the spam filter: a stranger's word for them is worth nothing. */
const spamFields = new Set(['x-spam-flag', 'x-spam-status'])

interface First {
  file: string
  prefix: number
  size: number
  recipients: readonly string[]
}

type Found = { headers: string; folder: 'INBOX' | 'Junk' } | Refusal

/** What sender checks and spam filter make of it. */
const judge = async ({ checks, spam, config }: HookParts, trace: Trace, first: First): Promise<Found> => {
  const { file, prefix, size, recipients } = first
  const { sender, helo, clientAddress: ip, queueId } = trace
  const checked =
    config.sender_checks === 'on'
      ? await checks.check({ file, sender, ip, helo })
      : { verdict: 'take' as const, headers: '', domain: '' }
  if (checked.verdict === 'refuse')
    return { code: 550, text: `5.7.1 refused by the DMARC policy of ${checked.domain}` }
  const message = { file, start: prefix, size: size - prefix }
  const opinion = await spam?.({ ...message, queueId, sender, recipients, ip, helo })
  if (opinion?.verdict === 'refuse') return { code: 550, text: '5.7.1 refused as spam' }
  if (opinion?.verdict === 'later') return { code: 451, text: '4.7.1 try again later' }
  const isJunk = checked.verdict === 'junk' || opinion?.verdict === 'junk'
  return { headers: checked.headers + (opinion?.headers ?? ''), folder: isJunk ? 'Junk' : 'INBOX' }
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
    const found = await judge(parts, trace, {
      ...{ file: first.path, prefix, recipients },
      size: await first.close(),
    })
    if (isRefusal(found)) return found
    const file = queue.create(trace.queueId)
    try {
      await file.write(Buffer.from(`Return-Path: <${trace.sender}>\r\n${found.headers}`))
      for await (const chunk of createReadStream(first.path, { start: prefix }))
        await file.write(chunk as Buffer)
      return { file, taken: { sealed: file.seal(), prefix }, folder: found.folder }
    } catch (error) {
      await file.discard()
      throw error
    }
  } finally {
    await first.discard()
  }
}
