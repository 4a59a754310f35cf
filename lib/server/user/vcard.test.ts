import { expect, test } from 'vitest'
import { noDetails } from '@/lib/model/plain-contact'
import { readCards, writeCard } from './vcard'

const card = (...lines: string[]): string =>
  ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n')
const read = (text: string) => [...readCards(text)]

const known = { id: 'x'.repeat(22), source: 'added', uses: 0, usedAt: '' } as const

test('a card is read, and goes out again with what no field of ours holds', () => {
  const [ada] = read(
    card(
      'FN:Ada\\, Countess of Lovelace',
      'N:Lovelace;Ada;;;',
      'item1.EMAIL;TYPE=INTERNET:ada@engines.example',
      'EMAIL:ada@engines.example',
      'TEL;TYPE=CELL:+44 1',
      'ORG:Engines\\, Ltd;Research',
      'BDAY:1815-12-10',
      'CATEGORIES:Friends,Maths',
      'NOTE:one\\ntwo',
      'ADR;TYPE=HOME:;;12 Street;London;;;UK',
      'PHOTO;ENCODING=b:AAAA',
      'X-SKYPE:ada',
    ),
  )
  expect(ada).toMatchObject({
    name: 'Ada, Countess of Lovelace',
    addresses: ['ada@engines.example'],
    groups: ['Friends', 'Maths'],
    details: {
      organisation: 'Engines, Ltd, Research',
      phones: ['+44 1'],
      birthday: '1815-12-10',
      note: 'one\ntwo',
    },
  })
  const out = writeCard({ ...known, ...ada!, source: 'added' })
  expect(out).toContain('ADR;TYPE=HOME:;;12 Street;London;;;UK')
  expect(out).toContain('X-SKYPE:ada')
  expect(out).toContain('\r\nTEL:+44 1\r\n')
  expect(out).toContain('\r\nBDAY:1815-12-10\r\n')
  expect(out).toContain('N:Lovelace;Ada;;;')
  expect(out).not.toContain('PHOTO')
  expect(read(out)).toEqual([ada])
})

test('vCard 2.1 of old telephones: bare types, quoted-printable over several lines', () => {
  const old = [
    'BEGIN:VCARD',
    'VERSION:2.1',
    'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Novotn=C3=',
    '=A1;Hana;;;',
    'TEL;CELL;HOME:123',
    'EMAIL;INTERNET:hana@ostrava.example',
    'END:VCARD',
  ].join('\n')
  expect(read(old)).toMatchObject([
    { name: 'Hana Novotná', addresses: ['hana@ostrava.example'], details: { phones: ['123'] } },
  ])
})

test('a card that is broken costs only itself; addresses that are none are left out', () => {
  const file =
    card('FN:One', 'EMAIL:one@x.example') + card('TEL;"broken') + card('FN:Two', 'EMAIL:no address')
  expect(read(file)).toMatchObject([{ name: 'One' }, null, { name: 'Two', addresses: [] }])
  expect(read('BEGIN:VCARD\r\nFN:without an end')).toEqual([])
  expect(read('')).toEqual([])
})

test('no value begins another line or another card', () => {
  const evil = 'x\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:other'
  const rest = JSON.stringify([
    ['x-a\r\nFN', {}, 'text', 'y'],
    ['x-b', { 'p\r\nFN': 'q' }, 'unknown', evil],
    ['x-c', { p: evil }, 'text', evil],
    'nonsense',
  ])
  const details = { ...noDetails, note: evil, title: evil, rest }
  const out = writeCard({ ...known, name: evil, addresses: ['a@x.example'], groups: [evil], details })
  expect(out.match(/^BEGIN:VCARD/gm)).toHaveLength(1)
  expect(out.match(/^FN:/gm)).toHaveLength(1)
  expect(read(out)).toHaveLength(1)
})

test.each([
  ['soft line ends', `BEGIN:VCARD\nN;ENCODING=QUOTED-PRINTABLE:${'=\n'.repeat(100_000)}\nEND:VCARD`],
  ['beginnings', 'BEGIN:VCARD\n'.repeat(100_000)],
  ['folds', `BEGIN:VCARD\nFN:a${'\n b'.repeat(100_000)}\nEND:VCARD`],
  ['properties', `BEGIN:VCARD\n${'EMAIL:a@x.example\n'.repeat(100_000)}END:VCARD`],
])('a hundred thousand %s take no more than one pass', (_, text) => {
  const before = performance.now()
  read(text)
  expect(performance.now() - before).toBeLessThan(3000)
})
