import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { linesOf, unflowed } from '../html/text'
import { composeMessage, type Composing } from './compose'
import { decoderFor } from './transfer-stream'

const composed = async (message: Partial<Composing['message']>): Promise<string> =>
  (
    await buffer(
      composeMessage({
        message: {
          to: [],
          cc: [],
          subject: 'Hi',
          html: '',
          text: '',
          inReplyTo: '',
          references: [],
          ...message,
        },
        from: { name: 'Alice Fenn', address: 'alice@posthorn.test' },
        uploads: [],
        messageId: '<one@posthorn.test>',
        date: new Date(0),
      }),
    )
  ).toString()

const textOf = (raw: string): string => {
  const [head = '', body = ''] = raw.split(/\r\n\r\n([^]*)/)
  const decoder = decoderFor(/^content-transfer-encoding: (.*)$/im.exec(head)?.[1]?.trim() ?? '')
  return Buffer.concat([decoder.write(Buffer.from(body)), decoder.end()])
    .toString()
    .trimEnd()
}

const long = 'The garden is dry by four, so bring the chairs and the old table that stands behind the shed.'
const written = [
  `Dear Bob, ${long} ${long}`,
  '',
  '  two spaces stay',
  'From here on it is mine.',
  `> ${long}`,
  `>> ${long} ${long}`,
  '>',
  '> short',
  '-- ',
  'Alice',
].join('\n')

describe('the text part', () => {
  it('says that it is flowed, alone and beside HTML', async () => {
    const alone = await composed({ text: written })
    expect(alone).toContain('Content-Type: text/plain; charset=utf-8; format=flowed\r\n')
    const both = await composed({ text: written, html: '<p>Dear Bob</p>' })
    expect(both.match(/format=flowed/g)).toHaveLength(1)
    expect(both).toContain('Content-Type: text/html; charset=utf-8\r\n')
    expect(await composed({ html: '<p>alone</p>' })).not.toContain('flowed')
  })

  it('goes out in short lines as it is, when it is ASCII', async () => {
    const raw = await composed({ text: written })
    expect(raw).toContain('Content-Transfer-Encoding: 7bit')
    expect(raw.split('\r\n').every((line) => line.length <= 78)).toBe(true)
  })

  it.each([
    ['ASCII', written],
    ['Czech', written.replaceAll('garden', 'záhradě příštích')],
    ['Greek', written.replaceAll('garden', 'στον κήπο μας το απόγευμα της Πέμπτης')],
  ])('comes back as it was written: %s', async (_, text) => {
    expect(unflowed(textOf(await composed({ text })), 'flowed')).toBe(text)
  })

  it('is read by level, with the signature apart', async () => {
    const lines = linesOf(textOf(await composed({ text: written })), 'flowed')
    expect(lines.map(({ level }) => level)).toEqual([0, 0, 0, 0, 1, 2, 1, 1, 0, 0])
    expect(lines.at(-2)?.text).toBe('-- ')
  })
})
