import { describe, expect, it } from 'vitest'
import { mbox } from './mbox'
import { isMbox, type Letter, lettersIn } from './mbox-read'

const inPieces = async function* (text: string, size: number) {
  const bytes = Buffer.from(text, 'latin1')
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const read = async (text: string, size = 5, most = 10_000): Promise<string[]> => {
  const found: Letter[] = []
  for await (const letter of lettersIn(inPieces(text, size), most)) found.push(letter)
  return found.map((letter) => letter.toString('latin1'))
}

const line = 'From alice@posthorn.test Thu Mar  5 09:00:00 2026'

describe('messages out of an mbox file (RFC 4155)', () => {
  it('gives back what was written, to the byte, whatever pieces it comes in', async () => {
    const letters = [
      'A: 1\n\nFrom here on.\n>From there.\nB\xe9\n',
      'A: 2\n\n\nends with a blank\n\n',
      'A: 3\n',
    ]
    const files = letters.map((text) => ({
      when: new Date('2026-03-05T09:00:00Z'),
      bytes: () => inPieces(text, 3),
    }))
    const out: Buffer[] = []
    for await (const piece of mbox(files)) out.push(piece)
    const file = Buffer.concat(out).toString('latin1')
    for (const size of [1, 4, 100_000]) expect(await read(file, size)).toEqual(letters)
  })

  it("takes Thunderbird's line, CRLF, and no empty line at the end", async () => {
    const file = `From - Thu Mar 05 09:00:00 2026\r\nA: 1\r\n\r\nx\r\n\r\n${line}\r\nA: 2\r\n\r\ny`
    expect(await read(file)).toEqual(['A: 1\r\n\r\nx\r\n', 'A: 2\r\n\r\ny'])
  })

  it('leaves a line of the text that only looks like it: no time, or no empty line before', async () => {
    const file = `${line}\nA: 1\n\nFrom the garden\nand then\n${line}\nend\n`
    expect(await read(file)).toHaveLength(1)
  })

  it('tells of a message that is too long, and goes on with the next', async () => {
    const file = `${line}\nA: 1\n\n${'x'.repeat(500)}\n\n${line}\nA: 2\n\ny\n`
    expect(await read(file, 64, 100)).toEqual(['too-large', 'A: 2\n\ny\n'])
  })

  it('holds no more than one message of a line that never ends', async () => {
    const file = `${line}\n${'x'.repeat(3_000_000)}\n\n${line}\nA: 2\n`
    expect(await read(file, 65_536, 1_000_000)).toEqual(['too-large', 'A: 2\n'])
  })

  it('finds nothing in what is no mbox', async () => {
    expect(await read('Subject: x\n\nFrom a friend\n')).toEqual([])
    expect(isMbox(Buffer.from(`${line}\nA: 1`))).toBe(true)
    expect(isMbox(Buffer.from('From: a@b.example\nDate: Thu, 5 Mar 2026 09:00:00'))).toBe(false)
  })
})
