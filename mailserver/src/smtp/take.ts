// One message, from DATA to the queue: read, checked where a stranger brought it, rewritten, accepted.
import { createReadStream } from 'node:fs'
import type { SMTPServerAddress, SMTPServerSession } from 'smtp-server'
import { isLoopback } from '../core/network'
import type { Asked } from '../delivery/expand'
import type { Notify } from '../queue/model'
import type { SpoolFile } from '../queue/spool'
import { readMessage, type Refusal, type Taken } from './incoming'
import type { HookParts } from './hooks'
import type { Client } from './relay'
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

export const isRefusal = (result: object): result is Refusal => 'code' in result

interface Read {
  file: SpoolFile
  taken: Taken
  folder: string
}

/** A stranger's message is read into a first file, checked, and written anew below what the check found. */
const readAndCheck = async (
  parts: HookParts,
  trace: Trace,
  stream: AsyncIterable<Buffer>,
): Promise<Read | Refusal> => {
  const { queue, config, checks, door } = parts
  const rules = { serverName: config.mail_hostname, domain: config.domain, door }
  const first = queue.create(`${trace.queueId}.in`)
  try {
    const read = await readMessage({
      stream,
      file: first,
      trace,
      rules,
      sizeLimit: config.message_size_limit,
    })
    if (isRefusal(read)) return read
    first.close()
    const checked = await checks.check({
      file: first.path,
      sender: trace.sender,
      ip: trace.clientAddress,
      helo: trace.helo,
    })
    if (checked.verdict === 'refuse') {
      return { code: 550, text: `5.7.1 refused by the DMARC policy of ${checked.domain}` }
    }
    const file = queue.create(trace.queueId)
    try {
      await file.write(Buffer.from(`Return-Path: <${trace.sender}>\r\n${checked.headers}`))
      for await (const chunk of createReadStream(first.path, { start: read.prefix }))
        await file.write(chunk as Buffer)
      const taken = { sealed: file.seal(), prefix: read.prefix }
      return { file, taken, folder: checked.verdict === 'junk' ? 'Junk' : 'INBOX' }
    } catch (error) {
      await file.discard()
      throw error
    }
  } finally {
    await first.discard()
  }
}

const readPlainly = async (
  parts: HookParts,
  trace: Trace,
  stream: AsyncIterable<Buffer>,
): Promise<Read | Refusal> => {
  const { queue, config, door } = parts
  const rules = { serverName: config.mail_hostname, domain: config.domain, door }
  const file = queue.create(trace.queueId)
  try {
    const read = await readMessage({
      stream,
      file,
      trace,
      rules,
      sizeLimit: config.message_size_limit,
    })
    if (!isRefusal(read))
      return { file, taken: { sealed: file.seal(), prefix: read.prefix }, folder: 'INBOX' }
    await file.discard()
    return read
  } catch (error) {
    await file.discard()
    throw error
  }
}

export const takeMessage = async (
  parts: HookParts,
  session: SMTPServerSession,
  client: { stream: AsyncIterable<Buffer> } & Client,
): Promise<{ id: string } | Refusal> => {
  const { config, expander, queue, log, door } = parts
  const trace = traceOf(parts, session, queue.newId())
  const stranger = door === 'transfer' && !client.trusted && !isLoopback(trace.clientAddress)
  const read = await (stranger && config.sender_checks === 'on' ? readAndCheck : readPlainly)(
    parts,
    trace,
    client.stream,
  )
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
