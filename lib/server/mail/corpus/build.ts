import type { Address } from '@/lib/model/address'

// What a case of the corpus is, and how messages are put together: by hand, so that nothing but these lines says
// what is in them.

export interface Case {
  name: string
  raw: Buffer
  subject?: string
  from?: Address[]
  to?: Address[]
  /** ISO 8601; '' for none. */
  date?: string
  /** Of what is shown: all of it, without the blanks around. */
  text?: string
  shows?: 'html' | 'text' | 'source' | 'none'
  attachments?: { name: string; type: string; content?: string }[]
}

export const crlf = (text: string): Buffer => Buffer.from(text.replace(/\r?\n/g, '\r\n'))

const base = 'MIME-Version: 1.0\nMessage-ID: <case@corpus.example>'

interface Letter {
  headers?: string
  type?: string
  encoding?: string
  body?: Buffer | string
}

/** A header and a body; what is not said is plain. */
export const letter = ({ headers = '', type = '', encoding = '', body = 'body' }: Letter): Buffer => {
  const about = [base, headers.includes('From:') ? '' : 'From: Ann <ann@corpus.example>', headers]
  if (type) about.push(`Content-Type: ${type}`)
  if (encoding) about.push(`Content-Transfer-Encoding: ${encoding}`)
  const head = crlf(`${about.filter(Boolean).join('\n')}\n\n`)
  return Buffer.concat([head, typeof body === 'string' ? crlf(body) : body])
}

export const part = (headers: string, body: string): string => `${headers}\n\n${body}`
export const plain = (body: string): string => part('Content-Type: text/plain; charset=utf-8', body)
export const html = (body: string): string => part('Content-Type: text/html; charset=utf-8', body)
export const file = (name: string, type = 'application/octet-stream', content = 'content'): string =>
  part(
    `Content-Type: ${type}\nContent-Disposition: attachment; filename="${name}"\nContent-Transfer-Encoding: base64`,
    Buffer.from(content).toString('base64'),
  )

let made = 0
/** `kind` may have parameters: `signed; protocol="…"`. */
export const multi = (kind: string, ...parts: string[]): string => {
  const boundary = `b${(made++).toString(36)}`
  const inside = parts.map((one) => `--${boundary}\n${one}\n`).join('')
  return `Content-Type: multipart/${kind}; boundary="${boundary}"\n\n${inside}--${boundary}--\n`
}

/** A message whose header ends in that of its content. */
export const whole = (content: string, headers = 'Subject: x'): Buffer =>
  crlf(`${base}\nFrom: Ann <ann@corpus.example>\n${headers}\n${content}`)

export const quotedPrintable = (bytes: Buffer): string => {
  const pieces = [...bytes].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)
  return pieces.map((piece, at) => (at % 20 === 19 ? `${piece}=\n` : piece)).join('')
}
