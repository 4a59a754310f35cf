import { describe, expect, it } from 'vitest'
import { redirected } from './redirect'

const resent = {
  from: { name: 'Alice Marsh', address: 'alice@posthorn.test' },
  to: [{ name: '', address: 'carol@posthorn.test' }],
  messageId: '<again@posthorn.test>',
  date: new Date('2026-03-05T09:00:00Z'),
}

const pass = async (text: string, pieces = 7): Promise<string> => {
  async function* source() {
    const bytes = Buffer.from(text, 'latin1')
    for (let at = 0; at < bytes.length; at += pieces) yield bytes.subarray(at, at + pieces)
  }
  const out: Buffer[] = []
  for await (const piece of redirected(source(), resent)) out.push(piece)
  return Buffer.concat(out).toString('latin1')
}

const mine = [
  'Resent-Date: Thu, 05 Mar 2026 09:00:00 +0000',
  'Resent-From: Alice Marsh <alice@posthorn.test>',
  'Resent-To: carol@posthorn.test',
  'Resent-Message-ID: <again@posthorn.test>',
  '',
].join('\r\n')

describe('a redirected message (RFC 5322 section 3.6.6)', () => {
  it('keeps every byte below a block of Resent fields, whatever pieces it comes in', async () => {
    const letter =
      'Received: by x\r\nFrom: bob@posthorn.test\r\nSubject: =?utf-8?q?T=C3=A9?=\r\n\ta\r\n\r\nB\xe9\r\n\r\nReturn-Path: in the text\r\n'
    for (const pieces of [1, 7, 10_000]) expect(await pass(letter, pieces)).toBe(mine + letter)
  })

  it('leaves out what an earlier delivery wrote, with the lines it goes on in', async () => {
    const letter =
      'Return-Path: <bob@posthorn.test>\r\nDelivered-To:\r\n alice@posthorn.test\r\nFrom: bob@posthorn.test\r\nBcc: eve@posthorn.test\r\n\r\nHi\r\n'
    expect(await pass(letter)).toBe(`${mine}From: bob@posthorn.test\r\n\r\nHi\r\n`)
  })

  it('puts its block above the one of an earlier redirection, which stays', async () => {
    const letter = 'Resent-From: dan@posthorn.test\r\nFrom: bob@posthorn.test\r\n\r\nHi\r\n'
    expect(await pass(letter)).toBe(mine + letter)
  })

  it('survives a message that is nothing but a header, and one that has none', async () => {
    expect(await pass('From: bob@posthorn.test')).toBe(`${mine}From: bob@posthorn.test`)
    expect(await pass('')).toBe(mine)
  })
})
