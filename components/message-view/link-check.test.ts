import { expect, test } from 'vitest'
import { misleading } from './link-check'

test.each([
  ['https://www.paypal.com/login', 'https://evil.example/login', 'paypal.com', 'evil.example'],
  ['www.paypal.com', 'https://paypal.com.evil.example/', 'paypal.com', 'paypal.com.evil.example'],
  ['paypal.com', 'https://paypal.com@evil.example/', 'paypal.com', 'evil.example'],
  ['pay\u200bpal.com', 'http://evil.example', 'paypal.com', 'evil.example'],
  ['  http://bank.de  ', 'http://192.0.2.7/x', 'bank.de', '192.0.2.7'],
  ['https://a@bank.de/', 'https://evil.example', 'bank.de', 'evil.example'],
  ['https://bank.de and more', 'https://evil.example', 'bank.de', 'evil.example'],
])('"%s" is not %s', (text, href, said, host) => expect(misleading(text, href)).toEqual({ said, host, href }))

test.each([
  ['See them', 'https://evil.example'],
  ['https://example.org/a', 'https://example.org/b'],
  ['example.org', 'https://www.example.org'],
  ['www.shop.com', 'https://links.shop.com/c?u=1'],
  ['report.pdf', 'https://files.example/report.pdf'],
  ['Node.js', 'https://nodejs.example'],
  ['1.5', 'https://a.example'],
  ['paypal.com', 'mailto:x@evil.example'],
  ['paypal.com is safe', 'https://evil.example'],
  ['https://', 'https://evil.example'],
  ['', 'https://evil.example'],
])('"%s" may lead to %s', (text, href) => expect(misleading(text, href)).toBeNull())
