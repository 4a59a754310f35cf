import { expect, it } from 'vitest'
import { startFromMailto, startFromQuery } from './mailto'

const start = (to: string[], more = {}) => ({
  kind: 'new',
  to: to.map((address) => ({ name: '', address })),
  cc: [],
  bcc: [],
  subject: '',
  text: '',
  ...more,
})

it.each([
  ['mailto:a@x.org', start(['a@x.org'])],
  ['MAILTO:a@x.org,b@x.org', start(['a@x.org', 'b@x.org'])],
  ['mailto:?to=a@x.org&subject=Hi%20there', start(['a@x.org'], { subject: 'Hi there' })],
  ['mailto:a%40x.org?body=1%0D%0A2', start(['a@x.org'], { text: '1\n2' })],
  ['mailto:a@x.org?subject=1+1', start(['a@x.org'], { subject: '1+1' })],
  ['mailto:a@x.org?subject=x%0D%0ABcc:%20z@x.org', start(['a@x.org'], { subject: 'x Bcc: z@x.org' })],
  ['mailto:a@x.org?attach=/etc/passwd&in-reply-to=%3Ca%3E', start(['a@x.org'])],
  ['mailto:a@x.org?subject=%E0%A4%A', start(['a@x.org'], { subject: '%E0%A4%A' })],
])('%s', (href, expected) => expect(startFromMailto(href)).toEqual(expected))

it('reads the address of the compose page', () => {
  expect(startFromQuery(new URLSearchParams('to=a@x.org&subject=Hi+there'))).toEqual(
    start(['a@x.org'], { subject: 'Hi there' }),
  )
  expect(startFromQuery(new URLSearchParams('mailto=mailto%3Aa%40x.org%3Fsubject%3DHi'))).toEqual(
    start(['a@x.org'], { subject: 'Hi' }),
  )
})
