// Messages as a mailbox holds them, any number of them: short notes, threads with long histories, newsletters from a
// few to hundreds of kilobytes, files, odd charsets. The same seed gives the same messages.
import { newsletters } from '@/e2e/shots/newsletters'
import { random } from '../html/testing/generate'
import { structures } from '../mail/corpus/structures'
import { words as headers } from '../mail/corpus/words'

type Next = () => number

const below = (next: Next, count: number): number => Math.floor(next() * count)
const one = <T>(next: Next, list: readonly T[]): T => list[below(next, list.length)] as T

/** Most are small and a few are very large, as sizes of mail are: the logarithm is spread evenly. */
const between = (next: Next, least: number, most: number): number =>
  Math.round(least * (most / least) ** next())

const vocabulary =
  `the a of to and in that it was for on are with as at be this have from or one had by word but what some we can
  out other were all there when up use your how said an each she which do their time if will way about many then
  them write would like so these her long make thing see him two has look more day could go come did number sound
  příště Grüße naïve façade Ångström 会議 مرحبا https://example.org/a/b?c=d www.example.com bob@posthorn.test`.split(
    /\s+/,
  )

const prose = (next: Next, length: number): string => {
  const lines: string[] = []
  for (let written = 0; written < length;) {
    const line = Array.from({ length: 4 + below(next, 12) }, () => one(next, vocabulary)).join(' ')
    lines.push(next() < 0.15 ? `${line}.\r\n` : line)
    written += line.length + 2
  }
  return lines.join('\r\n')
}

const thread = (next: Next, length: number): string => {
  const levels = 1 + below(next, 6)
  const pieces = Array.from({ length: levels }, (_, level) =>
    prose(next, length / levels).replace(/^/gm, '> '.repeat(level)),
  )
  return `${pieces.join('\r\n\r\n')}\r\n-- \r\nBea Marsh\r\n`
}

/** A newsletter with as many sections as make its length, in the colours of its sender. */
const campaign = (next: Next, length: number): string => {
  const { html } = one(next, newsletters)
  const palette = Array.from({ length: 12 }, () => `#${below(next, 0xffffff).toString(16).padStart(6, '0')}`)
  const style = `<style>${Array.from({ length: below(next, 40) }, (_, at) => `.c${at} td,#i${at}>a:hover{color:${one(next, palette)};padding:${at}px ${below(next, 40)}px}`).join('')}@media(max-width:480px){.col{width:100%!important}}</style>`
  const sections: string[] = []
  for (let written = html.length; written < length;) {
    const cells = Array.from(
      { length: 1 + below(next, 3) },
      () =>
        `<td class="c${below(next, 40)}" valign="top" style="padding:${below(next, 30)}px 12px;background-color:${one(next, palette)};font-family:Arial,Helvetica,sans-serif;font-size:14px;line-height:20px;color:${one(next, palette)}"><img src="https://images.example.org/${below(next, 1e9)}.jpg" width="${below(next, 600)}" alt="" style="display:block;border:0"><p style="margin:0 0 12px">${prose(next, 40 + below(next, 300)).replaceAll('\r\n', '<br>')}</p><a href="https://click.example.org/?u=${below(next, 1e9)}&amp;x=${below(next, 1e9).toString(36).repeat(8)}" style="color:${one(next, palette)};text-decoration:none"><strong>Read more</strong></a></td>`,
    )
    const section = `<table width="100%" cellpadding="0" cellspacing="0" border="0" role="presentation"><tr>${cells.join('')}</tr></table>`
    sections.push(section)
    written += section.length
  }
  return `${style}${html}${sections.join('\r\n')}`
}

const answer = (next: Next, length: number): string => {
  const levels = 1 + below(next, 5)
  const piece = () =>
    `<div dir="ltr" style="font-family:Calibri,sans-serif;font-size:11pt;color:${one(next, ['#000000', 'rgb(31,73,125)', 'black'])}"><p class="MsoNormal"><span lang="EN-GB" style="mso-fareast-language:EN-US">${prose(next, length / levels)}</span><o:p></o:p></p></div>`
  return Array.from({ length: levels }).reduce<string>(
    (inner) =>
      `${piece()}${inner ? `<div class="gmail_quote"><blockquote style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex">${inner}</blockquote></div>` : ''}`,
    '',
  )
}

const asBase64 = (bytes: Buffer): string => bytes.toString('base64').replace(/.{76}/g, '$&\r\n')
const asQuoted = (bytes: Buffer): string =>
  bytes
    .toString('latin1')
    .replace(
      /[^\x20-\x3c\x3e-\x7e\r\n]/g,
      (char) => `=${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .replace(/[^\r\n]{70}(?=[^\r\n])/g, (line) => {
      const cut = /=[0-9A-F]?$/.exec(line)?.[0].length ?? 0
      return `${line.slice(0, line.length - cut)}=\r\n${line.slice(line.length - cut)}`
    })

const textPart = (next: Next, type: string, text: string): string => {
  const encoding = one(next, ['quoted-printable', 'quoted-printable', 'base64', '8bit'])
  const bytes = Buffer.from(text)
  const body =
    encoding === 'base64' ? asBase64(bytes) : encoding === '8bit' ? bytes.toString('latin1') : asQuoted(bytes)
  return `Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}`
}

const together = (kind: string, parts: string[]): string =>
  `Content-Type: multipart/${kind}; boundary="b${kind}"\r\n\r\n${parts.map((part) => `--b${kind}\r\n${part}\r\n`).join('')}--b${kind}--\r\n`

const file = (next: Next): string =>
  `Content-Type: application/pdf; name="plan-${below(next, 1000)}.pdf"\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n${asBase64(Buffer.alloc(between(next, 1000, 300_000), '%PDF-1.4 '))}`

const kinds: ((next: Next) => string)[] = [
  (next) => textPart(next, 'text/plain', prose(next, between(next, 100, 20_000))),
  (next) => textPart(next, 'text/plain; format=flowed', thread(next, between(next, 500, 60_000))),
  (next) => textPart(next, 'text/html', campaign(next, between(next, 3000, 150_000))),
  (next) => {
    const html = campaign(next, between(next, 5000, 150_000))
    const text = textPart(next, 'text/plain', prose(next, 2000))
    return together('alternative', [text, textPart(next, 'text/html', html)])
  },
  (next) => textPart(next, 'text/html', answer(next, between(next, 500, 60_000))),
  (next) =>
    together('mixed', [
      textPart(next, 'text/html', answer(next, between(next, 200, 10_000))),
      ...Array.from({ length: 1 + below(next, 4) }, () => file(next)),
    ]),
]

const raw = (next: Next, at: number): Buffer => {
  if (next() < 0.08) return one(next, [...structures, ...headers]).raw
  const head = [
    `From: "${one(next, vocabulary)} ${one(next, vocabulary)}" <someone${below(next, 500)}@example.org>`,
    `To: alice@posthorn.test, ${Array.from({ length: below(next, 12) }, (_, nth) => `p${nth}@example.org`).join(', ') || 'b@example.org'}`,
    `Subject: varied ${at}`,
    `Date: ${new Date(Date.UTC(2026, 0, 1) + at * 60_000).toUTCString()}`,
    `Message-ID: <varied-${at}@example.org>`,
    'MIME-Version: 1.0',
  ]
  return Buffer.from(`${head.join('\r\n')}\r\n${one(next, kinds)(next)}`, 'latin1')
}

export const variedMessages = (count: number, seed: number): Buffer[] => {
  const next = random(seed)
  return Array.from({ length: count }, (_, at) => raw(next, at))
}
