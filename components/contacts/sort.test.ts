import { expect, test } from 'vitest'
import type { Contact } from '@/lib/model/contact'
import { plainContact } from '@/lib/model/plain-contact'
import { choose, circleNow, groupsOf } from './sort'

const person = (name: string, more: Partial<Contact> = {}): Contact => ({
  ...plainContact({ name, address: `${name.toLowerCase().replace(/\W+/g, '.')}@x.example` }),
  id: name,
  uses: 0,
  usedAt: '',
  ...more,
})
const all = [
  person('Zoë Tan', { groups: ['Choir'] }),
  person('Åsa Berg', { groups: ['Choir', 'Tea'] }),
  person('bob'),
  person('', { source: 'collected', addresses: ['shop@y.example'] }),
]
const names = (list: Contact[]) => list.map(({ name }) => name)

test('a register: by letters without marks and case, those who were only written to apart', () => {
  expect(names(choose(all, { kind: 'all' }, ''))).toEqual(['Åsa Berg', 'bob', 'Zoë Tan'])
  expect(choose(all, { kind: 'collected' }, '')).toEqual([all[3]])
  expect(names(choose(all, { kind: 'group', group: 'Choir' }, ''))).toEqual(['Åsa Berg', 'Zoë Tan'])
  expect(groupsOf(all)).toEqual(['Choir', 'Tea'])
})

test('all the words looked for are in a name, an address or a group', () => {
  expect(names(choose(all, { kind: 'all' }, 'ASA tea'))).toEqual(['Åsa Berg'])
  expect(names(choose(all, { kind: 'all' }, 'x.example zoe'))).toEqual(['Zoë Tan'])
  expect(choose(all, { kind: 'all' }, 'nobody')).toEqual([])
})

test('a chosen group that was renamed or removed is everybody', () => {
  expect(circleNow({ kind: 'group', group: 'Tea' }, all)).toEqual({ kind: 'group', group: 'Tea' })
  expect(circleNow({ kind: 'group', group: 'Gone' }, all)).toEqual({ kind: 'all' })
  expect(circleNow({ kind: 'collected' }, [])).toEqual({ kind: 'collected' })
})
