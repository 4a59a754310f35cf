// A stranger's message is read, checked, and written below what the checks found: once. A small one is held in memory
// until then; above a larger one stands room for it, which is filled in place (room.ts). What does not fit there has the
// message written anew below it.
import { Readable } from 'node:stream'
import type { HookParts } from './hooks'
import { isRefusal, orDiscarded, readMessage, type Read, type Refusal } from './incoming'
import { fitted, roomForFindings } from './room'
import type { Trace } from './trace'

/** Fields of the spam filter: a stranger's word for them is worth nothing. */
const spamFields = new Set(['x-spam-flag', 'x-spam-status'])

interface First {
  /** The message as it came, below our Received. */
  open: () => Readable
  size: number
  recipients: readonly string[]
}

type Found = { headers: string; folder: 'INBOX' | 'Junk' } | Refusal

/** What sender checks and spam filter make of it. */
const judge = async ({ checks, spam, config }: HookParts, trace: Trace, first: First): Promise<Found> => {
  const { open, size, recipients } = first
  const { sender, helo, clientAddress: ip, queueId } = trace
  const checked =
    config.sender_checks === 'on'
      ? await checks.check({ open, sender, ip, helo })
      : { verdict: 'take' as const, headers: '', domain: '' }
  if (checked.verdict === 'refuse')
    return { code: 550, text: `5.7.1 refused by the DMARC policy of ${checked.domain}` }
  const opinion = await spam?.({ open, size, queueId, sender, recipients, ip, helo })
  if (opinion?.verdict === 'refuse') return { code: 550, text: '5.7.1 refused as spam' }
  if (opinion?.verdict === 'later') return { code: 451, text: '4.7.1 try again later' }
  const isJunk = checked.verdict === 'junk' || opinion?.verdict === 'junk'
  return { headers: checked.headers + (opinion?.headers ?? ''), folder: isJunk ? 'Junk' : 'INBOX' }
}

const oneAboveTheOther = async function* (top: Buffer, below: () => Readable): AsyncGenerator<Buffer> {
  yield top
  yield* below() as AsyncIterable<Buffer>
}

export const readAndCheck = async (
  parts: HookParts,
  trace: Trace,
  { stream, recipients }: { stream: AsyncIterable<Buffer>; recipients: readonly string[] },
): Promise<Read | Refusal> => {
  const { queue, config, door, spam } = parts
  const { mail_hostname: serverName, message_size_limit: sizeLimit } = config
  const rules = { serverName, domain: config.domain, door, ...(spam ? { ours: spamFields } : {}) }
  const filter = { serverName, spam: spam ? 'filtered' : 'not filtered' } as const
  const file = queue.create(trace.queueId)
  return orDiscarded(file, async () => {
    const read = await readMessage({
      ...{ stream, file, trace, rules, sizeLimit },
      roomFor: (fields, { returnPath, added }) =>
        returnPath.length + added.length + roomForFindings(fields, trace, filter),
    })
    if (isRefusal(read)) return read
    const { returnPath, added } = read
    const below = file.below()
    const open = () => Readable.from(oneAboveTheOther(added, below.open))
    const found = await judge(parts, trace, { open, size: added.length + below.size, recipients })
    if (isRefusal(found)) return found
    const top = Buffer.concat([returnPath, Buffer.from(found.headers), added])
    await file.top((room) => fitted(top, room))
    return { file, taken: { sealed: file.seal(), prefix: returnPath.length }, folder: found.folder }
  })
}
