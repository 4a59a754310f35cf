import { describe, expect, it } from 'vitest'
import { trackersAmong } from './trackers'

describe('known trackers', () => {
  it('are named, each once, by host', () => {
    expect(
      trackersAmong([
        'https://example.us4.list-manage.com/track/open.php?u=1&id=2',
        'https://list-manage.com/x',
        'https://u123.ct.sendgrid.net/wf/open?upn=abc',
        'https://example.org/logo.png',
      ]),
    ).toEqual(['Mailchimp', 'SendGrid'])
  })

  it('are named by the address of their picture on a host of the sender', () => {
    expect(trackersAmong(['https://links.shop.example/wf/open?upn=abc'])).toEqual(['SendGrid'])
    expect(trackersAmong(['https://click.shop.example/q/abcdefghijklmnopqrstuvwxyz~~/x'])).toEqual([
      'SparkPost',
    ])
  })

  it('are not seen where their name is only part of another', () => {
    expect(
      trackersAmong([
        'https://notsendgrid.net/x',
        'https://sendgrid.net.example.org/x',
        'https://constructor/x',
        'https://a.__proto__/x',
        'nonsense',
      ]),
    ).toEqual([])
  })

  it('takes no longer for an address that is made to take long', () => {
    const started = performance.now()
    trackersAmong(Array.from({ length: 2000 }, () => `https://a.example/q/${'a~'.repeat(3500)}`))
    expect(performance.now() - started).toBeLessThan(2000)
  })
})
