import { describe, expect, it } from 'vitest'
import type { App } from '@/lib/client/app'
import type { Contact } from '@/lib/model/contact'
import { plainContact } from '@/lib/model/plain-contact'
import { knownPeople, matches, suggestionsFor } from './suggest'

const tomas = { name: 'Tomás Veiga', address: 'tveiga@ostrava-rail.example' }

it.each([
  ['tom', true],
  ['TOMÁS', true],
  ['vei', true],
  ['tomas v', true],
  ['ostrava', true],
  ['rail', true],
  ['tveiga@o', true],
  ['eiga', false],
  ['', false],
])('%j', (typed, expected) => expect(matches(tomas, typed)).toBe(expected))

const now = Date.parse('2026-11-01T00:00:00Z')
const known = (name: string, address: string, more: Partial<Contact> = {}): Contact => ({
  ...plainContact({ name, address }),
  id: address,
  uses: 0,
  usedAt: '',
  ...more,
})

describe('people who are known', () => {
  const list = [
    known('Anna Ek', 'anna@a.example', { uses: 40, usedAt: '2024-01-01T00:00:00Z' }),
    known('Ann Often', 'ann@b.example', { uses: 9, usedAt: '2026-10-30T00:00:00Z', groups: ['Annual trip'] }),
    known('', 'ann-collected@c.example', { uses: 1, usedAt: '2026-10-25T00:00:00Z', source: 'collected' }),
    known('Ann Unused', 'ann@d.example', { addresses: ['ann@d.example', 'second@d.example'] }),
    known('No Address', '', { addresses: [], groups: ['Annual trip'] }),
  ]
  it('come by how often and how lately they were written to, groups by name before them', () => {
    expect(knownPeople(list, 'ann', now).map(({ who }) => who.address || who.name)).toEqual([
      'Annual trip',
      'ann@b.example',
      'anna@a.example',
      'ann-collected@c.example',
      'ann@d.example',
      'second@d.example',
    ])
  })
  it('of a group are all who have an address', () => {
    expect(knownPeople(list, 'annual', now)).toEqual([
      {
        who: { name: 'Annual trip', address: '' },
        members: [{ name: 'Ann Often', address: 'ann@b.example' }],
      },
    ])
  })
  it('keep their name and place where the mail knows another', async () => {
    const app = {} as App
    const first = [{ who: { name: 'Ann Often', address: 'ann@b.example' } }]
    const second = [{ who: { name: 'spam', address: 'ANN@b.example' } }]
    expect(await suggestionsFor('ann', app, [() => first, () => second])).toEqual(first)
  })
})
