import { describe, expect, it } from 'vitest'
import { isOurChunk } from './trusted-types'

describe('what may become a script', () => {
  const page = 'https://mail.example/webmail/mail/0/inbox'
  it.each(['/webmail/_next/static/chunks/a.js', 'https://mail.example/webmail/_next/static/a.js?x'])(
    '%s',
    (url) => expect(isOurChunk(url, page, '/webmail')).toBe(true),
  )
  it.each([
    ...[
      'https://elsewhere.example/webmail/_next/static/a.js',
      '//elsewhere.example/webmail/_next/static/a.js',
    ],
    ...[
      '/webmail/api/accounts/0/mailboxes/inbox/messages/1-1/parts/2',
      '/_next/static/a.js',
      'data:,x',
      'blob:x',
    ],
    ...['/webmail/_next/static/../../api/x', 'javascript:x', 'https://'],
  ])('not %s', (url) => expect(isOurChunk(url, page, '/webmail')).toBe(false))
})
