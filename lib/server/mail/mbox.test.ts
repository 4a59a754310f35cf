import { describe, expect, it } from 'vitest'
import { mbox } from './mbox'

const written = async (...pieces: string[]): Promise<string> => {
  async function* bytes() {
    for (const piece of pieces) yield Buffer.from(piece, 'latin1')
  }
  const chunks: Buffer[] = []
  for await (const chunk of mbox([{ when: new Date('2026-03-05T09:08:07Z'), bytes }])) chunks.push(chunk)
  return Buffer.concat(chunks).toString('latin1')
}

describe('mbox', () => {
  it('begins each message with a line of its own and ends it with an empty one', async () => {
    expect(await written('Subject: a\r\n\r\nbody\r\n')).toBe(
      'From MAILER-DAEMON Thu Mar  5 09:08:07 2026\nSubject: a\n\nbody\n\n',
    )
  })

  it('quotes what could be taken for a beginning, wherever the pieces are cut', async () => {
    const text = await written('Subject: a\r\n\r\nFro', 'm here\r\n>From', ' there\r', '\nFromage\r\n\xe9')
    expect(text.split('\n').slice(3)).toEqual(['>From here', '>>From there', 'Fromage', '\xe9', '', ''])
  })
})
