import { expect, test } from 'vitest'
import { redated } from './redate'

const date = new Date('2026-03-05T09:00:00Z')
const told = 'Date: Thu, 05 Mar 2026 09:00:00 +0000'

test('only the field is another, with the lines it goes on in', () => {
  const message = (field: string) =>
    Buffer.from(`Subject: gr\u00fc\u00df\r\n x\r\n${field}\r\nMessage-ID: <a@b>\r\n\r\nDate: x\r\n\u00e4`)
  for (const field of ['Date: Fri, 05 Mar 2027 09:00:00 +0000', 'date:\r\n Fri,\r\n\t5 Mar 2027 09:00 +0000'])
    expect(redated(message(field), date)).toEqual(message(told))
})

test('a continued line and a body are no field', () => {
  const message = Buffer.from('Subject: a\r\n Date: b\r\n\r\nDate: c\r\n')
  expect(redated(message, date)).toEqual(message)
})
