// One message, from DATA to the queue: read, checked where a stranger brought it, rewritten, accepted.
import type { SMTPServerAddress, SMTPServerSession } from 'smtp-server'
import { isLoopback } from '../core/network'
import type { Asked } from '../delivery/expand'
import type { Notify } from '../queue/model'
import { isRefusal, orDiscarded, readMessage, type Read, type Refusal } from './incoming'
import type { HookParts } from './hooks'
import type { Client } from './relay'
import { readAndCheck } from './strangers'
import type { Trace } from './trace'

const traceOf = (parts: HookParts, session: SMTPServerSession, queueId: string): Trace => {
  const recipients = session.envelope.rcptTo
  const cipher = session.tlsOptions
  return {
    queueId,
    sender: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
    helo: session.hostNameAppearsAs || 'unknown',
    clientName: session.clientHostname,
    clientAddress: session.remoteAddress,
    protocol: parts.door === 'lmtp' ? 'LMTP' : session.transmissionType,
    cipher: cipher && cipher.version ? `${cipher.version} with cipher ${cipher.name}` : null,
    recipient: recipients.length === 1 ? (recipients[0] as SMTPServerAddress).address : null,
    now: new Date(parts.clock.now()),
  }
}

export const askedOf = (session: SMTPServerSession): Asked[] =>
  session.envelope.rcptTo.map(({ address, dsn }) => ({
    address,
    orcpt: dsn?.orcpt ?? null,
    notify: (dsn?.notify ?? []).map((word) => word.toLowerCase() as Notify),
  }))

const retOf = (ret: string | null | undefined): 'full' | 'hdrs' | null =>
  ret ? (ret.toUpperCase() === 'FULL' ? 'full' : 'hdrs') : null

const readPlainly = async (
  parts: HookParts,
  trace: Trace,
  { stream }: { stream: AsyncIterable<Buffer> },
): Promise<Read | Refusal> => {
  const { queue, config, door } = parts
  const rules = { serverName: config.mail_hostname, domain: config.domain, door }
  const file = queue.create(trace.queueId)
  const sizeLimit = config.message_size_limit
  return orDiscarded(file, async () => {
    const read = await readMessage({ stream, file, trace, rules, sizeLimit })
    if (isRefusal(read)) return read
    return { file, taken: { sealed: file.seal(), prefix: read.returnPath.length }, folder: 'INBOX' }
  })
}

export const takeMessage = async (
  parts: HookParts,
  session: SMTPServerSession,
  client: { stream: AsyncIterable<Buffer> } & Client,
): Promise<{ id: string } | Refusal> => {
  const { config, expander, queue, log, door } = parts
  const trace = traceOf(parts, session, queue.newId())
  const stranger = door === 'transfer' && !client.trusted && !isLoopback(trace.clientAddress)
  const checked = config.sender_checks === 'on' || parts.spam !== null
  const read = await (stranger && checked ? readAndCheck : readPlainly)(parts, trace, {
    stream: client.stream,
    recipients: session.envelope.rcptTo.map(({ address }) => address),
  })
  if (isRefusal(read)) return read
  const { file, taken, folder } = read
  const recipients = expander.expand(askedOf(session), folder)
  if (recipients.length === 0) {
    await file.discard()
    return { code: 554, text: '5.4.6 the aliases of the recipients lead nowhere' }
  }
  const { dsn, smtpUtf8, requireTLS } = session.envelope
  const envelope = {
    sender: trace.sender,
    owner: client.user,
    recipients,
    ret: retOf(dsn?.ret),
    envid: dsn?.envid || null,
    smtpUtf8: smtpUtf8 === true,
    requireTls: requireTLS === true,
  }
  await queue.accept(file, { envelope, ...taken }).catch(async (error: unknown) => {
    await file.discard()
    throw error
  })
  const { id } = file
  log.info('queued', {
    queue: id,
    from: trace.sender,
    size: taken.sealed.size,
    recipients: recipients.length,
    client: trace.clientAddress,
    user: client.user,
    door,
  })
  return { id }
}
