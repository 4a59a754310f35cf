// Messages made to exhaust whoever opens them: each opens in bounded time and memory with what could be read, and
// says when something was left out. What a server refuses to look into differs: each goes to one of the two in a run, and
// to both by `npm run test:long -- hostile`.
import { expect, it } from 'vitest'
import { whyNot } from '@/e2e/servers'
import { usualView } from '@/lib/model/view'
import { dealt } from '@/e2e/lots'
import { onServers } from '../testing/on-servers'
import { extent, seedOf } from '../testing/settings'
import { frameMessage } from './frame-message'
import { listMessages } from './list-messages'
import { openMessage } from './open-message'
import { quoteMessage } from './quote-message'

const head = (more: string[]) =>
  ['From: m@example.org', 'To: alice@posthorn.test', ...more, 'MIME-Version: 1.0'].join('\r\n')
const message = (subject: string, type: string, body: string, more: string[] = []) =>
  `${head([`Subject: ${subject}`, ...more])}\r\nContent-Type: ${type}\r\n\r\n${body}\r\n`

const nestedParts = (depth: number): string => {
  const open = Array.from(
    { length: depth },
    (_, at) => `--b${at}\r\nContent-Type: multipart/mixed; boundary=b${at + 1}\r\n\r\n`,
  ).join('')
  const close = Array.from({ length: depth + 1 }, (_, at) => `--b${depth - at}--\r\n`).join('')
  return `--b0\r\n\r\nthe first words\r\n${open}--b${depth}\r\n\r\nthe last words\r\n${close}`
}
const nestedMessages = (depth: number): string =>
  `${'Subject: inner\r\nContent-Type: message/rfc822\r\n\r\n'.repeat(depth)}Subject: innermost\r\n\r\nwords`
const manyParts = (count: number): string =>
  `${Array.from({ length: count }, (_, at) => `--b\r\n\r\npart ${at}\r\n`).join('')}--b--`

interface Bomb {
  name: string
  raw: string
  shows: RegExp
  /** Where every server is sure to leave something out. */
  extent?: 'part'
}

const bombs: Bomb[] = [
  { name: 'a thousand multiparts in one another', raw: message('b1', 'multipart/mixed; boundary=b0', nestedParts(1000)), shows: /the first words/ },
  { name: 'three hundred messages in one another', raw: message('b2', 'message/rfc822', nestedMessages(300)), shows: /./ },
  { name: 'eight thousand parts', raw: message('b3', 'multipart/mixed; boundary=b', manyParts(8000)), shows: /part 0/ },
  { name: 'two megabytes of header', raw: message('b4', 'text/plain', 'the words', Array.from({ length: 20_000 }, (_, at) => `X-${at}: ${'x'.repeat(80)}`)), shows: /the words/ },
  { name: 'a subject of a megabyte', raw: message('x'.repeat(1_000_000), 'text/plain', 'the words'), shows: /the words/ },
  { name: 'a subject of encoded words', raw: message('=?utf-8?q?=C3=A9?=\r\n '.repeat(20_000).trim(), 'text/plain', 'the words'), shows: /the words/ },
  { name: 'ten thousand recipients', raw: message('b7', 'text/plain', 'the words', [`Cc: ${Array.from({ length: 10_000 }, (_, at) => `a${at}@example.org`).join(',\r\n ')}`]), shows: /the words/ },
  { name: 'groups in groups', raw: message('b8', 'text/plain', 'the words', [`Cc: ${'g:'.repeat(20_000)}`]), shows: /the words/ },
  { name: 'one line of eight megabytes', raw: message('b9', 'text/plain', 'word '.repeat(1_600_000)), shows: /word word/, extent: 'part' },
  { name: 'one line of ten megabytes of HTML', raw: message('b10', 'text/html', '<b>word</b> '.repeat(870_000)), shows: /word/, extent: 'part' },
  { name: 'base64 without an end', raw: message('b11', 'text/plain; charset=utf-8', 'd29yZCA'.repeat(2_500_000), ['Content-Transfer-Encoding: base64']), shows: /word/, extent: 'part' },
  { name: 'quoted-printable that never says anything', raw: message('b12', 'text/plain; charset=utf-8', `the words ${'= '.repeat(1_000_000)}`, ['Content-Transfer-Encoding: quoted-printable']), shows: /the words/ },
  { name: 'quotes in quotes', raw: message('b13', 'text/plain', `the words\r\n${Array.from({ length: 5000 }, (_, at) => '>'.repeat(at % 2000)).join('\r\n')}`), shows: /the words/ },
  { name: 'a parameter in a thousand pieces', raw: message('b14', `text/plain; ${Array.from({ length: 1000 }, (_, at) => `x*${at}*=%41`).join(';\r\n ')}`, 'the words'), shows: /the words/ },
  { name: 'no boundary at all', raw: message('b15', 'multipart/mixed', 'the words'), shows: /^/ },
  { name: 'a boundary of ten thousand characters', raw: message('b16', `multipart/mixed; boundary="${'b'.repeat(10_000)}"`, 'the words'), shows: /^/ },
  { name: 'bytes that are no message', raw: `\u0001\u0002\u0003${'\u00ff'.repeat(1000)}\r\n\r\n${'\u0001'.repeat(1000)}`, shows: /^/ },
  { name: 'addresses like links', raw: message('b18', 'text/plain', `${'http://'.repeat(50_000)} ${'a@'.repeat(50_000)} ${'www.'.repeat(50_000)}`), shows: /http/ },
  { name: 'signatures and stuffed lines', raw: message('b19', 'text/plain; format=flowed; delsp=yes', `${'-- \r\n'.repeat(50_000)}${' \r\n'.repeat(50_000)}the words`), shows: /the words/ },
] // prettier-ignore

const seed = seedOf()
console.log(`bombs: TEST_SEED=${seed}`)
const [theirs = [], ours = []] =
  extent() === 'all' || whyNot('dovecot')
    ? [bombs, bombs]
    : dealt(bombs, { seed, hands: 2, nameOf: ({ name }) => name })

const seconds = 6
const megabytes = 500

onServers({ what: 'bombs' }, (at) => {
  it.each((at.kind === 'dovecot' ? theirs : ours).map((bomb) => [bomb.name, bomb] as const))(
    '%s',
    async (_, { raw, shows, extent }) => {
      const { who, other } = at
      const appended = await other.client.append('INBOX', Buffer.from(raw, 'latin1'))
      if (!appended || !appended.uid) throw new Error('the server took no message')
      const place = { who, folder: 'inbox' as const, message: `${appended.uidValidity}-${appended.uid}` }
      const before = process.memoryUsage().rss
      const cpu = process.cpuUsage()
      const { rows } = await listMessages({ who, folder: 'inbox', offset: 0, limit: 50, view: usualView })
      expect(rows.length).toBeGreaterThan(0)
      const detail = await openMessage(place)
      const { document } = await frameMessage(place, { images: 'blocked', theme: 'dark', font: 'usual' })
      await quoteMessage(place)
      const { user } = process.cpuUsage(cpu)
      expect(document.replace(/<style>[^]*?<\/style>/g, '')).toMatch(shows)
      if (extent) expect(detail.body.extent).toBe(extent)
      expect(user / 1e6).toBeLessThan(seconds)
      expect((process.memoryUsage().rss - before) / 2 ** 20).toBeLessThan(megabytes)
    },
    120_000,
  )
})
