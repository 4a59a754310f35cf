import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { composeMessage, newMessageId, type Composing } from './compose'
import { needsUtf8, wireAddress } from './header-words'
import { picturesApart } from './pictures'

const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const written = (body = dot) => `<p>a<img src="data:image/png;base64,${body}" alt="dot"></p>`

describe('pictures of a text that leaves', () => {
  it('that were written into it become parts, the same one once', () => {
    const { html, pictures } = picturesApart(written() + written(), [])
    expect(html).not.toContain('data:')
    expect(pictures).toHaveLength(1)
    expect(html.split(`src="cid:${pictures[0]?.cid}"`)).toHaveLength(3)
    expect(pictures[0]?.content.toString('base64')).toBe(dot)
  })

  it('whose part is not there are left out', () => {
    const { html } = picturesApart('<p><img src="cid:a@x" alt="a"><img src="cid:b@x"></p>', ['b@x'])
    expect(html).toBe('<p><img src="cid:b@x"></p>')
  })

  it('are looked for in one pass', () => {
    const started = process.cpuUsage()
    picturesApart('<img src="data:image/png;base64,'.repeat(60_000), [])
    picturesApart('<img src="cid:'.repeat(60_000), [])
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(2000)
  })
})

const composed = async (message: Partial<Composing['message']>, more: Partial<Composing> = {}) => {
  const nothing = { to: [], cc: [], subject: 'Hi', html: '', text: 'a', inReplyTo: '', references: [] }
  const raw = await buffer(
    composeMessage({
      message: { ...nothing, ...message },
      from: { name: 'Alice', address: 'alice@posthorn.test' },
      uploads: [],
      messageId: '<one@posthorn.test>',
      date: new Date(0),
      ...more,
    }),
  )
  return raw.toString()
}

describe('a message with pictures', () => {
  const uploads = ['logo.png', 'plan.png'].map((name) => ({
    name,
    type: 'image/png',
    path: new URL('../../../app/icon.svg', import.meta.url).pathname,
    cid: `${name}@inline`,
  }))
  it('has those of the text beside the text, and the others as files (RFC 2387)', async () => {
    const html = `<p><img src="cid:logo.png@inline" alt=""></p>${written()}`
    const raw = await composed({ html }, { uploads })
    const order = ['multipart/mixed', 'multipart/alternative', 'text/plain', 'multipart/related', 'text/html']
    const at = order.map((type) => raw.indexOf(`Content-Type: ${type}`))
    expect(at).toEqual(at.toSorted((a, b) => a - b))
    expect(at.every((one) => one >= 0)).toBe(true)
    expect(raw.match(/^Content-Disposition: \w+|^Content-Id: .*$/gim)).toEqual([
      expect.stringMatching(/^Content-ID: <\w{24}@inline>$/),
      'Content-Disposition: inline',
      'Content-ID: <logo.png@inline>',
      'Content-Disposition: inline',
      'Content-Disposition: attachment',
    ])
    expect(raw).toContain('format=flowed')
  })
  it('without formatting has them all as files', async () => {
    const raw = await composed({}, { uploads })
    expect(raw.match(/^Content-Disposition: \w+|^Content-Id: .*$/gim)).toEqual([
      'Content-Disposition: attachment',
      'Content-Disposition: attachment',
    ])
  })
})

describe('what is asked of others', () => {
  it('stands in the header, and nothing when nothing is asked', async () => {
    const wishes = { priority: 'high', receipt: 'ask', notice: 'ask' } as const
    const raw = await composed({ wishes })
    expect(raw).toContain('X-Priority: 1\r\nImportance: high\r\n')
    expect(raw).toContain('Disposition-Notification-To: alice@posthorn.test\r\n')
    const plain = await composed({ wishes: { priority: 'normal', receipt: 'no', notice: 'no' } })
    expect(plain).not.toMatch(/priority|importance|disposition-notification/i)
    expect(await composed({ wishes: { ...wishes, priority: 'low' } })).toContain('Importance: low\r\n')
  })
})

describe('addresses beyond ASCII', () => {
  it.each([
    ['info@příklad.cz', 'info@xn--pklad-zsa96e.cz', false],
    ['žofie@příklad.cz', 'žofie@xn--pklad-zsa96e.cz', true],
    ['žofie@x.org', 'žofie@x.org', true],
    ['a@x.org', 'a@x.org', false],
    ['', '', false],
    ['a@good.org/evil.net', 'a@good.org/evil.net', false],
    ['a@příklad.cz/evil.net', 'a@příklad.cz/evil.net', true],
    ['a@příklad.cz?x', 'a@příklad.cz?x', true],
    ['a@1.1', 'a@1.1', false],
    ['a@１.１', 'a@１.１', true],
    ['a@příklad.cz／evil.net', 'a@příklad.cz／evil.net', true],
    ['a@EXAMPLE.org', 'a@EXAMPLE.org', false],
  ])('%s', (address, wire, utf8) => {
    expect(wireAddress(address)).toBe(wire)
    expect(needsUtf8(address)).toBe(utf8)
  })
  it('leave their Message-ID in ASCII', () => {
    expect(newMessageId('žofie@příklad.cz', 'x')).toBe('<x@xn--pklad-zsa96e.cz>')
  })
  it('stand in the header as people and servers know them', async () => {
    const to = [
      { name: 'Příklad', address: 'info@příklad.cz' },
      { name: '', address: 'žofie@příklad.cz' },
    ]
    const raw = await composed({ to })
    expect(raw).toContain('<info@xn--pklad-zsa96e.cz>')
    expect(raw).toContain('žofie@příklad.cz')
  })
})
