import { describe, expect, it } from 'vitest'
import { headersOf } from './headers'
import { composeReceipt, deliveryReportOf, readReceiptOf, receiptWishOf } from './receipt'
import type { Part } from './structure'

const lines = (...all: string[]) => Buffer.from(all.join('\r\n'))
const wish = (fields: string[], structure: Part | null = null) =>
  receiptWishOf({ headers: headersOf(lines(...fields)), structure, own: 'alice@posthorn.test' })

describe('the wish for a receipt (RFC 8098 section 2.1)', () => {
  const path = 'Return-Path: <bob@example.org>'
  const asks = (to: string) => `Disposition-Notification-To: ${to}`
  it('may be answered by itself when it goes where the message came from', () =>
    expect(wish([path, asks('Bob <BOB@example.org>')])).toEqual({
      to: ['BOB@example.org'],
      automatic: 'may',
    }))
  it.each([
    ['another address', [path, asks('else@example.org')]],
    ['two addresses', [path, asks('bob@example.org, else@example.org')]],
    ['an unknown origin', [asks('bob@example.org')]],
  ])('needs a person for %s', (_, fields) => expect(wish(fields)?.automatic).toBe('must-ask'))
  it.each([
    ['no wish', [path]],
    ['the reader', [asks('Alice@posthorn.test')]],
    ['a message from nobody', ['Return-Path: <>', asks('bob@example.org')]],
    ['a crowd', [asks('a@e.example, b@e.example, c@e.example, d@e.example')]],
    ['no address', [asks('bob')]],
  ])('is none for %s', (_, fields) => expect(wish(fields)).toBeNull())
  it('is none in a report', () =>
    expect(wish([path, asks('bob@example.org')], { type: 'multipart/report' } as Part)).toBeNull())
  it('for delivery is told only', () =>
    expect(deliveryReportOf(headersOf(lines('Return-Receipt-To: <b@example.org>')))).toBe('b@example.org'))
})

const composed = async () => {
  const receipt = {
    from: { name: 'Alice Fenn', address: 'alice@posthorn.test' },
    to: ['bob@example.org'],
    subject: 'Read: Tée',
    text: 'It was shown.\n',
    original: '<1@example.org>',
    originalRecipient: '',
    by: 'person' as const,
  }
  const made = composeReceipt(receipt, { messageId: '<2@posthorn.test>', date: new Date(0) })
  const chunks: Buffer[] = []
  for await (const chunk of made) chunks.push(Buffer.from(chunk as Uint8Array))
  return Buffer.concat(chunks)
}

describe('a receipt', () => {
  it('says what RFC 8098 section 3 asks of it', async () => {
    const bytes = await composed()
    const text = bytes.toString()
    expect(text).toMatch(/^Content-Type: multipart\/report;\s+report-type=disposition-notification/im)
    expect(text).toContain('Content-Type: message/disposition-notification')
    expect(text).toContain('Final-Recipient: rfc822;alice@posthorn.test\r\n')
    expect(text).toContain('Original-Message-ID: <1@example.org>\r\n')
    expect(text).toContain('Disposition: manual-action/MDN-sent-manually; displayed')
    expect(text).not.toContain('Disposition-Notification-To')
    expect(headersOf(bytes).get('subject')).toEqual(['Read: Tée'])
    expect(text).toContain('It was shown.')
    expect(text).toContain('In-Reply-To: <1@example.org>')
  })
  it('that came is told in one word', () => {
    const fields = lines(
      'Final-Recipient: rfc822; bob@example.org',
      'Original-Message-ID: <1@posthorn.test>',
      'Disposition: manual-action/MDN-sent-manually; displayed',
    )
    expect(readReceiptOf(fields, lines('Subject: Tea'))).toEqual({
      who: 'bob@example.org',
      outcome: 'read',
      subject: 'Tea',
      original: '<1@posthorn.test>',
    })
    expect(readReceiptOf(lines('Disposition: x; surprised'), Buffer.alloc(0))).toBeNull()
  })
})
