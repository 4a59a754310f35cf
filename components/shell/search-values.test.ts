import { expect, it } from 'vitest'
import { later } from '@/lib/i18n/de/later'
import { words } from '@/lib/i18n/de'
import { usualLabels } from '@/lib/model/label-name'
import type { Mailbox } from '@/lib/model/mailbox'
import { type Known, valueSought, valuesFor, written } from './search-values'

const folder = (path: string, role: Mailbox['role'] = null) =>
  ({ id: path, path, name: path.split('/').at(-1), role, selectable: true }) as Mailbox
const known: Known = {
  words,
  later,
  labels: usualLabels,
  mailboxes: [folder('INBOX', 'inbox'), folder('Kunden/Ostrava Bahn')],
}

it.each([
  ['label:', { before: '', operator: 'label', begun: '' }],
  ['tea -in:wo', { before: 'tea -', operator: 'in', begun: 'wo' }],
  ['(IS:un', { before: '(', operator: 'is', begun: 'un' }],
  ['label:"to d', { before: '', operator: 'label', begun: 'to d' }],
  ['label:to do', null],
  ['label:"to do"', null],
  ['within:x', null],
  ['in:work tea', null],
])('%s', (typed, sought) => expect(valueSought(typed)).toEqual(sought))

it('offers values by their name in the language that is spoken, and writes what the search knows', () => {
  const texts = (typed: string) => valuesFor(typed, known).map(({ text }) => text)
  expect(texts('tee is:unge')).toEqual(['tee is:unread'])
  expect(texts('is:unread')).toEqual(['is:unread'])
  expect(texts('in:post')).toEqual(['in:inbox'])
  expect(texts('in:bahn')).toEqual(['in:"Kunden/Ostrava Bahn"'])
  expect(texts('label:to')).toEqual(['label:"To do"'])
  expect(texts('tee')).toEqual([])
})

it('understands what is typed in the language that is spoken, and keeps it in the words every search is kept in', () => {
  expect(written('tee is:ungelesen has:"Mit Anhang"', known)).toBe('tee is:unread has:attachment')
  expect(written('in:posteingang OR in:Kunden', known)).toBe('in:inbox OR in:Kunden')
  const mailboxes = [...known.mailboxes, folder('Alt/Posteingang')]
  expect(written('in:Posteingang', { ...known, mailboxes })).toBe('in:Posteingang')
})
