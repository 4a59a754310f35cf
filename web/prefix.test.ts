import { expect, it } from 'vitest'
import { basePathPlaceholder } from './placeholder'
import { replacePlaceholder } from './build-copy'
import { withPrefix } from './prefix'

it('leaves a path under the prefix as it is', () => {
  expect(withPrefix('/webmail', '/webmail', null)).toBe('/webmail')
  expect(withPrefix('/webmail?x=1', '/webmail', null)).toBe('/webmail?x=1')
  expect(withPrefix('/a/b/mail/0/inbox', '/a/b', null)).toBe('/a/b/mail/0/inbox')
  expect(withPrefix('/anything', '', null)).toBe('/anything')
})

it('puts back what a proxy stripped', () => {
  expect(withPrefix('/', '/webmail', null)).toBe('/webmail')
  expect(withPrefix('/?x=1', '/webmail', null)).toBe('/webmail?x=1')
  expect(withPrefix('/login', '/webmail', '/webmail')).toBe('/webmail/login')
  expect(withPrefix('/webmailer', '/webmail', null)).toBe('/webmail/webmailer')
})

it('lets X-Forwarded-Prefix decide where the prefix begins like a page', () => {
  expect(withPrefix('/mail/0/inbox', '/mail', '/mail')).toBe('/mail/mail/0/inbox')
  expect(withPrefix('/mail/mail/0/inbox', '/mail', null)).toBe('/mail/mail/0/inbox')
})

it('replaces the placeholder in strings and in regular expressions', () => {
  const at = (text: string, prefix: string) => replacePlaceholder(text, prefix)
  expect(at(`"${basePathPlaceholder}/_next/"`, '/a/b')).toBe('"/a/b/_next/"')
  expect(at(`"${basePathPlaceholder}"`, '')).toBe('""')
  const pattern = `^\\${basePathPlaceholder}(?:\\/x)?$`
  for (const prefix of ['/a/b', '/v1.2', ''])
    expect(new RegExp(at(pattern, prefix)).test(`${prefix}/x`), prefix).toBe(true)
  expect(new RegExp(at(pattern, '/v1.2')).test('/v1x2/x')).toBe(false)
})
