// posthorn-mail sendmail [-t] [-i] [-f SENDER] [-F NAME] [TO …]: what cron, PHP's mail() and s-nail call. The
// message is durable when it returns; a server that is not running takes it at its next start.
import { userInfo } from 'node:os'
import { readConfig } from '../core/config'
import { Failure } from '../core/errors'
import { leaveDrop } from '../queue/maildrop'
import { parseHead } from '../smtp/header'
import { say } from './say'
import type { Run } from './usage'

interface Options {
  sender: string | null
  name: string | null
  recipients: string[]
  fromHeaders: 'yes' | 'no'
  dotEnds: 'yes' | 'no'
}

const withValue = new Set([
  '-f',
  '-r',
  '-F',
  '-B',
  '-N',
  '-R',
  '-V',
  '-O',
  '-o',
  '-h',
  '-q',
  '-p',
  '-C',
  '-A',
  '-L',
])

/** sendmail(8)'s options; those that mean nothing here are read and passed over, as every sendmail does. */
export const parseOptions = (args: readonly string[]): Options => {
  const options: Options = { sender: null, name: null, recipients: [], fromHeaders: 'no', dotEnds: 'yes' }
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] as string
    const flag = arg.slice(0, 2)
    if (arg === '--') {
      options.recipients.push(...args.slice(at + 1))
      break
    }
    if (!arg.startsWith('-') || arg === '-') options.recipients.push(arg)
    else if (arg === '-oi' || arg === '-i') options.dotEnds = 'no'
    else if (/^-t?i?t?$/.test(arg) && arg.includes('t')) {
      options.fromHeaders = 'yes'
      if (arg.includes('i')) options.dotEnds = 'no'
    } else if (withValue.has(flag) && flag !== '-o') {
      const value = arg.length > 2 ? arg.slice(2) : (args[++at] ?? '')
      if (flag === '-f' || flag === '-r') options.sender = value.replace(/^<|>$/g, '')
      if (flag === '-F') options.name = value
    }
  }
  return options
}

const mostBytes = 100_000_000

const readInput = async (): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of process.stdin) {
    size += (chunk as Buffer).length
    if (size > mostBytes) throw new Failure('too-large', 'the message is too large')
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks)
}

/** Local programs write lines as this system does; the wire has CRLF (RFC 5321 section 2.3.8). */
export const toWire = (text: Buffer, dotEnds: 'yes' | 'no'): Buffer => {
  let lines = text.toString('latin1').split(/\r\n|\r|\n/)
  if (lines.at(-1) === '') lines = lines.slice(0, -1)
  const dot = dotEnds === 'yes' ? lines.indexOf('.') : -1
  if (dot >= 0) lines = lines.slice(0, dot)
  const first = lines[0] ?? ''
  const headless = !/^[\x21-\x39\x3b-\x7e]+[ \t]*:/.test(first)
  return Buffer.from(`${headless ? '\r\n' : ''}${lines.join('\r\n')}\r\n`, 'latin1')
}

/** Addresses of To, Cc and Bcc (`-t`): comments and display names away, groups opened. */
export const addressesIn = (message: Buffer): string[] => {
  const end = message.indexOf('\r\n\r\n')
  const fields = parseHead(end < 0 ? message : message.subarray(0, end + 2))
  return fields
    .filter(({ name }) => ['to', 'cc', 'bcc'].includes(name))
    .flatMap(
      ({ raw }) =>
        raw
          .toString('utf8')
          .replace(/^[^:]*:/, '')
          .replace(/\([^()]*\)/g, ' ')
          .match(/<[^<>\s]+>|[^\s,;:<>"]+@[^\s,;<>"]+/g) ?? [],
    )
    .map((address) => address.replace(/^<|>$/g, ''))
}

const phrase = (name: string): string => {
  if (/^[\x20-\x7e]*$/.test(name)) return `"${name.replace(/["\\]/g, '\\$&')}" `
  return `=?utf-8?B?${Buffer.from(name).toString('base64')}?= `
}

/** RFC 5322 section 3.6: there is always one; programs like cron and PHP leave it to sendmail. */
const withFrom = (wire: Buffer, sender: string, name: string | null): Buffer => {
  const end = wire.indexOf('\r\n\r\n')
  const fields = parseHead(end < 0 ? wire : wire.subarray(0, end + 2))
  if (fields.some((field) => field.name === 'from')) return wire
  return Buffer.concat([Buffer.from(`From: ${name ? phrase(name.slice(0, 200)) : ''}<${sender}>\r\n`), wire])
}

export const run: Run = async (args) => {
  const config = readConfig()
  const options = parseOptions(args)
  const wire = toWire(await readInput(), options.dotEnds)
  const complete = (address: string) => (address.includes('@') ? address : `${address}@${config.domain}`)
  const named = [...options.recipients, ...(options.fromHeaders === 'yes' ? addressesIn(wire) : [])].map(
    complete,
  )
  const recipients = [...new Set(named)]
  if (recipients.length === 0) throw new Failure('bad-address', 'no recipients: name them, or use -t')
  const user = userInfo().username
  const sender = options.sender === null ? complete(user) : options.sender && complete(options.sender)
  const queue = await leaveDrop(
    config.home,
    { sender, recipients, user },
    withFrom(wire, sender || complete('MAILER-DAEMON'), options.name),
  )
  if (args.includes('--json')) say('json', { queue, sender, recipients }, '')
}
