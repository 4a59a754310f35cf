// From a letter to the bytes of a message. The same letter gives the same bytes but for its dates.
import { createHash } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
import { mailDate } from '../smtp/header'
import type { Letter, Person, When } from './model'
import { domain } from './people'

const minute = 60_000
const day = 24 * 60 * minute

/** The moment a letter was written, never in the future. */
export const momentOf = (when: When, now: Date): Date => {
  if ('minutes' in when) return new Date(now.getTime() - when.minutes * minute)
  const [hours = 0, minutes = 0] = when.at.split(':').map(Number)
  const at = new Date(now.getTime() - when.days * day)
  at.setHours(hours, minutes, (when.days * 7 + minutes) % 60, 0)
  return at > now ? new Date(now.getTime() - minute) : at
}

export const messageIdOf = (letter: Letter): string => {
  const mark = createHash('sha256').update(letter.id).digest('hex').slice(0, 20)
  return `<${mark}@${letter.from.address.split('@')[1]}>`
}

const isOurs = ({ address }: Person): boolean => address.endsWith(`@${domain}`)

/** What our own doors would have written on top of mail from outside. */
const arrivalHeaders = (letter: Letter, at: Date): string => {
  const from = letter.from.address.split('@')[1]
  if (isOurs(letter.from)) return ''
  const failed = letter.headers?.['X-Demo-Checks'] === 'fail'
  const word = failed ? 'fail' : 'pass'
  return [
    `Return-Path: <${letter.from.address}>`,
    `Received: from mx.${from} (mx.${from} [192.0.2.${(letter.id.length * 7) % 200}])`,
    `\tby mail.${domain} (Posthorn) with ESMTPS; ${mailDate(new Date(at.getTime() + 2000))}`,
    `Authentication-Results: mail.${domain};`,
    `\tspf=${word} smtp.mailfrom=${letter.from.address};`,
    `\tdkim=${failed ? 'none' : 'pass'}${failed ? '' : ` header.d=${from} header.s=mail`};`,
    `\tdmarc=${word} header.from=${from}`,
    '',
  ].join('\r\n')
}

export interface Context {
  now: Date
  letters: ReadonlyMap<string, Letter>
}

const ancestry = (letter: Letter, { letters }: Context): string[] => {
  const before = letter.answers ? letters.get(letter.answers) : undefined
  if (letter.answers && !before)
    throw new Error(`${letter.id} answers ${letter.answers}, which is not written`)
  return before ? [...ancestry(before, { letters, now: new Date(0) }), messageIdOf(before)] : []
}

const quoted = (letter: Letter, context: Context): string => {
  const before = letter.answers ? context.letters.get(letter.answers) : undefined
  if (!letter.quotes || !before) return letter.text ?? ''
  const at = momentOf(before.when, context.now)
  const date = at.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
  const lines = (before.text ?? '').trimEnd().split('\n')
  const name = before.from.name || before.from.address
  const head = `On ${date} at ${at.toTimeString().slice(0, 5)}, ${name} wrote:`
  return `${(letter.text ?? '').trimEnd()}\n\n${head}\n${lines.map((line) => (line ? `> ${line}` : '>')).join('\n')}\n`
}

const crlf = (text: string): string => text.replace(/\r?\n/g, '\r\n')

const sealed = (letter: Letter): string =>
  createHash('sha256').update(`boundary ${letter.id}`).digest('hex').slice(0, 16)

export const compose = async (letter: Letter, context: Context): Promise<Buffer> => {
  const date = momentOf(letter.when, context.now)
  const references = ancestry(letter, context)
  if (letter.raw) {
    const original = (id: string) => messageIdOf(context.letters.get(id) as Letter)
    const text = letter.raw({ date, messageId: messageIdOf(letter), original })
    return Buffer.from(crlf(text))
  }
  const { 'X-Demo-Checks': _, ...headers } = letter.headers ?? {}
  const composer = new MailComposer({
    from: letter.from,
    to: [...letter.to],
    cc: [...(letter.cc ?? [])],
    subject: letter.subject,
    ...(letter.text === undefined ? {} : { text: crlf(quoted(letter, context)) }),
    ...(letter.html === undefined ? {} : { html: crlf(letter.html) }),
    ...(letter.invitation
      ? {
          icalEvent: {
            method: letter.invitation.method,
            content: letter.invitation.ics,
            filename: 'invite.ics',
          },
        }
      : {}),
    attachments: (letter.attachments ?? []).map((each) => ({ ...each })),
    messageId: messageIdOf(letter),
    ...(references.length > 0 ? { inReplyTo: references.at(-1) as string, references } : {}),
    // Nodemailer writes dates in UTC; people write in their own zone.
    headers: { ...headers, Date: mailDate(date) },
    date: false,
    baseBoundary: sealed(letter),
  } as unknown as ConstructorParameters<typeof MailComposer>[0])
  const body = await composer.compile().build()
  return Buffer.concat([Buffer.from(arrivalHeaders(letter, date)), body])
}
