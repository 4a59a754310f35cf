// What we add to the head of a message and what we take away.
//
//  - Received on every message (RFC 5321 section 4.4), Return-Path first of all: it is true at final delivery,
//    and relaying skips it.
//  - On submission only: Date and Message-ID where they are missing, and no Bcc (RFC 6409 section 8).
//  - Our own name in Authentication-Results is ours to write: what strangers wrote under it goes (RFC 8601
//    section 5).
import { randomBytes } from 'node:crypto'
import { countHops, mailDate, type Field } from './header'

export interface Trace {
  queueId: string
  sender: string
  helo: string
  clientName: string
  clientAddress: string
  /** ESMTP, ESMTPS, ESMTPA, ESMTPSA, LMTP … (RFC 3848), or `local`. */
  protocol: string
  cipher: string | null
  /** The only recipient, or null: several must not learn of each other. */
  recipient: string | null
  now: Date
}

export interface HeadRules {
  serverName: string
  domain: string
  door: 'transfer' | 'submission' | 'lmtp'
  /** Further fields that are ours to write: what came under their names goes. */
  ours?: ReadonlySet<string>
}

export const mostHops = 50

const safe = (text: string): string => text.replace(/[^\x21-\x7e]/g, '?').slice(0, 255)

// Quoted into a comment: RFC 5322 section 3.2.2 escapes parentheses and backslashes.
const comment = (text: string): string => safe(text).replace(/[()\\]/g, '\\$&')

/** Handed in by a program on this machine: there is no client to name (RFC 5321 section 4.4, `opt-info`). */
const receivedHere = (trace: Trace, rules: HeadRules): string =>
  `Received: by ${rules.serverName} (Posthorn, from user ${comment(trace.clientName)})\r\n` +
  `\tid ${trace.queueId}; ${mailDate(trace.now)}\r\n`

const received = (trace: Trace, rules: HeadRules): string => {
  if (trace.protocol === 'local') return receivedHere(trace, rules)
  const { clientName, clientAddress } = trace
  const named = clientName && !clientName.startsWith('[') ? clientName : 'unknown'
  const literal = clientAddress.includes(':') ? `IPv6:${clientAddress}` : clientAddress
  const lines = [
    `Received: from ${safe(trace.helo) || 'unknown'} (${comment(named)} [${literal}])`,
    ...(trace.cipher ? [`(using ${trace.cipher.split(' ').map(comment).join(' ')})`] : []),
    `by ${rules.serverName} (Posthorn) with ${trace.protocol} id ${trace.queueId}`,
  ]
  const end = trace.recipient ? [`for <${safe(trace.recipient)}>; ${mailDate(trace.now)}`] : []
  const last = trace.recipient ? lines : [...lines.slice(0, -1), `${lines.at(-1)};`, mailDate(trace.now)]
  return `${[...last, ...end].join('\r\n\t')}\r\n`
}

const claimsToBeUs = (field: Field, rules: HeadRules): boolean => {
  if (field.name !== 'authentication-results' && field.name !== 'arc-authentication-results') return false
  if (field.name === 'arc-authentication-results') return false
  const value = field.raw
    .toString('latin1')
    .replace(/^[^:]*:/, '')
    .replace(/\([^)]*\)/g, ' ')
    .trim()
    .toLowerCase()
  return value.split(/[\s;]/)[0] === rules.serverName.toLowerCase()
}

const removed = (field: Field, rules: HeadRules): boolean =>
  field.name === 'return-path' ||
  rules.ours?.has(field.name) === true ||
  (rules.door === 'submission' && (field.name === 'bcc' || field.name === 'resent-bcc')) ||
  (rules.door !== 'submission' && claimsToBeUs(field, rules))

/** What we add. */
export interface Top {
  returnPath: Buffer
  /** Below it: Received first of all. */
  added: Buffer
}

export interface NewHead extends Top {
  kept: Buffer
  hops: number
}

export const newHead = (fields: readonly Field[], trace: Trace, rules: HeadRules): NewHead => {
  const has = (name: string) => fields.some((field) => field.name === name)
  const added = [received(trace, rules)]
  if (rules.door === 'submission') {
    if (!has('date')) added.push(`Date: ${mailDate(trace.now)}\r\n`)
    if (!has('message-id')) {
      added.push(`Message-ID: <${trace.queueId}.${randomBytes(6).toString('hex')}@${rules.domain}>\r\n`)
    }
  }
  const kept = fields.filter((field) => !removed(field, rules)).map(({ raw }) => raw)
  return {
    returnPath: Buffer.from(`Return-Path: <${trace.sender}>\r\n`),
    added: Buffer.from(added.join('')),
    kept: Buffer.concat(kept),
    hops: countHops(fields),
  }
}
