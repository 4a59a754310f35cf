import { describe, expect, test } from 'vitest'
import { isOneOff, lookAlikeOf, undisguised } from './look-alike'

describe('a domain that could be taken for another', () => {
  test.each([
    ['paypa1.com', 'paypal.com'],
    ['paypaI.com', 'paypal.com'],
    ['service.paypa1.com', 'paypal.com'],
    ['rnicrosoft.com', 'microsoft.com'],
    ['gooogle.com', 'google.com'],
    ['goolge.com', 'google.com'],
    ['netfllx.com', 'netflix.com'],
    ['xn--pple-43d.com', 'apple.com'],
    ['xn--80ak6aa92e.com', 'apple.com'],
    ['posth0rn.test', 'posthorn.test'],
    ['p\u00f3sthorn.test', 'posthorn.test'],
    ['posthorm.test', 'posthorn.test'],
  ])('%s is like %s', (domain, like) => expect(lookAlikeOf(domain, ['posthorn.test'])).toBe(like))

  test.each([
    'paypal.com',
    'mail.paypal.com',
    'posthorn.test',
    'mail.com',
    'gmail.com',
    'vista.com',
    'example.org',
    'müller.de',
    'яндекс.рф',
    'localhost',
    '',
  ])('%s is itself', (domain) => expect(lookAlikeOf(domain, ['posthorn.test', 'gmail.com'])).toBe(''))

  test('who is known is not warned of, however near', () =>
    expect(lookAlikeOf('posthorm.test', ['posthorn.test', 'posthorm.test'])).toBe(''))
})

test.each([
  ['abc', 'abd', true],
  ['abc', 'abcd', true],
  ['abc', 'acb', true],
  ['abc', 'abc', false],
  ['abcd', 'badc', false],
  ['aab', 'aaab', true],
])('%s and %s are one letter apart: %s', (a, b, is) => expect(isOneOff(a, b)).toBe(is))

describe('letters that are not what they seem', () => {
  test.each([
    ['xn--80ak6aa92e.com', 'xn--80ak6aa92e.com'],
    ['аpple.com', 'xn--pple-43d.com'],
    ['müller.de', ''],
    ['яндекс.рф', ''],
    ['例え.jp', ''],
    ['example.org', ''],
  ])('%s: "%s"', (domain, shown) => expect(undisguised(domain)).toBe(shown))
})
