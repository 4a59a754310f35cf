// What the sender is told: multipart/report with message/delivery-status (RFC 3464) and the original's headers,
// or all of it where the sender asked for that (RFC 3461 section 4.3).
//
// Nobody is told when the reverse path is empty (RFC 5321 section 4.5.5) or NOTIFY says so (RFC 3461 section 4.1).
import { randomBytes } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { Config } from '../core/config'
import type { MakeReport, Report } from '../queue'
import type { QueuedMessage } from '../queue/model'
import type { Expander } from './expand'

const mostHeaders = 64 * 1024
const mostReturned = 256 * 1024

const wanted = ({ kind, recipient, outcome }: Report): boolean => {
  const notify = recipient.notify
  if (kind === 'delivered')
    return notify.includes('success') && outcome.kind === 'delivered' && outcome.dsn === 'kept'
  if (kind === 'delayed') return notify.length === 0 || notify.includes('delay')
  return notify.length === 0 || notify.includes('failure')
}

const statusOf = ({ kind, outcome }: Report): string => {
  const given = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})/.exec(outcome.reply)?.[1]
  if (kind === 'failed' && outcome.kind === 'deferred') return '5.4.7'
  return given ?? { failed: '5.0.0', delayed: '4.0.0', delivered: '2.0.0' }[kind]
}

const oneLine = (text: string): string => text.replace(/[\r\n\0]+/g, ' ').slice(0, 900)

const readOriginal = async (message: QueuedMessage, file: string, form: 'full' | 'hdrs'): Promise<Buffer> => {
  const handle = await open(file)
  try {
    const buffer = Buffer.alloc(
      Math.min(form === 'full' ? mostReturned : mostHeaders, message.size - message.prefix),
    )
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, message.prefix)
    const read = buffer.subarray(0, bytesRead)
    const end = read.indexOf('\r\n\r\n')
    return form === 'full' || end < 0 ? read : read.subarray(0, end + 2)
  } finally {
    await handle.close()
  }
}

const sentences = {
  failed: [
    'Undelivered: your message did not reach everybody',
    'Your message could not be delivered to the address below. It will not be tried again; what you wrote is attached.',
  ],
  delayed: [
    'Delayed: your message is still being tried',
    'Your message has not been delivered yet. You need not do anything: it is tried again for some days.',
  ],
  delivered: ['Delivered: your message arrived', 'Your message was delivered, as you asked to be told.'],
} as const

const actionOf = ({ kind }: Report): string => kind

const statusPart = (config: Config, message: QueuedMessage, reports: readonly Report[]): string => {
  const perMessage = [
    ...(message.envid ? [`Original-Envelope-Id: ${oneLine(message.envid)}`] : []),
    `Reporting-MTA: dns; ${config.mail_hostname}`,
    `X-Posthorn-Queue-Id: ${message.id}`,
    `Arrival-Date: ${new Date(message.receivedAt).toUTCString().replace('GMT', '+0000')}`,
  ]
  const blocks = reports.map((report) => {
    const { recipient, outcome } = report
    return [
      ...(recipient.orcpt
        ? [`Original-Recipient: ${oneLine(recipient.orcpt)}`]
        : [`Original-Recipient: rfc822; ${recipient.original}`]),
      `Final-Recipient: rfc822; ${recipient.address}`,
      `Action: ${actionOf(report)}`,
      `Status: ${statusOf(report)}`,
      ...(outcome.by === 'local' || outcome.by === '' ? [] : [`Remote-MTA: dns; ${oneLine(outcome.by)}`]),
      `Diagnostic-Code: smtp; ${oneLine(outcome.reply)}`,
    ].join('\r\n')
  })
  return [perMessage.join('\r\n'), ...blocks].join('\r\n\r\n')
}

const wordsFor = (config: Config, reports: readonly Report[], intro: string): string =>
  [
    intro,
    '',
    ...reports.flatMap(({ recipient, outcome }) => [
      `  ${recipient.original}`,
      `    ${outcome.by && outcome.by !== 'local' ? `${outcome.by} said: ` : ''}${oneLine(outcome.reply)}`,
      '',
    ]),
    `The mail system at ${config.mail_hostname}`,
    '',
  ].join('\r\n')

interface Written {
  message: QueuedMessage
  reports: readonly Report[]
  original: Buffer
  form: 'full' | 'hdrs'
  now: Date
}

const write = (config: Config, { message, reports, original, form, now }: Written): Buffer => {
  const boundary = `posthorn-${randomBytes(12).toString('hex')}`
  const kind = reports[0]?.kind ?? 'failed'
  const [subject, intro] = sentences[kind]
  const eightBit = original.some((byte) => byte > 127)
  const head = [
    'Return-Path: <>',
    `Date: ${now.toUTCString().replace('GMT', '+0000')}`,
    `From: Mail Delivery System <MAILER-DAEMON@${config.domain}>`,
    `To: <${message.sender}>`,
    `Subject: ${subject}`,
    `Message-ID: <${message.id}.${randomBytes(6).toString('hex')}@${config.mail_hostname}>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
    ...(eightBit ? ['Content-Transfer-Encoding: 8bit'] : []),
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    wordsFor(config, reports, intro),
    `--${boundary}`,
    'Content-Type: message/delivery-status',
    '',
    statusPart(config, message, reports),
    '',
    `--${boundary}`,
    `Content-Type: ${form === 'full' ? 'message/rfc822' : 'text/rfc822-headers'}`,
    ...(eightBit ? ['Content-Transfer-Encoding: 8bit'] : []),
    '',
    '',
  ].join('\r\n')
  return Buffer.concat([Buffer.from(head), original, Buffer.from(`\r\n--${boundary}--\r\n`)])
}

const returnPathLength = 'Return-Path: <>\r\n'.length

export const createReports =
  (parts: { config: Config; expander: Expander; now: () => number }): MakeReport =>
  async (message, file, all) => {
    const { config, expander, now } = parts
    // Failures are told apart from delays and successes; the worst news of this try goes out.
    const told = all.filter(wanted)
    const kind = (['failed', 'delayed', 'delivered'] as const).find((each) =>
      told.some((one) => one.kind === each),
    )
    if (!kind || message.sender === '') return null
    const reports = told.filter((one) => one.kind === kind)
    const form = kind === 'failed' && message.ret !== 'hdrs' && message.size <= mostReturned ? 'full' : 'hdrs'
    const original = await readOriginal(message, file, form)
    const bytes = write(config, { message, reports, original, form, now: new Date(now()) })
    const recipients = expander.expand([{ address: message.sender, orcpt: null, notify: ['never'] }])
    if (recipients.length === 0) return null
    const envelope = {
      sender: '',
      owner: null,
      recipients,
      ret: null,
      envid: null,
      smtpUtf8: message.smtpUtf8,
      requireTls: false,
    }
    return { envelope, bytes, prefix: returnPathLength }
  }
