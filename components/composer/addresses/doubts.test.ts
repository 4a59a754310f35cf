import { describe, expect, it } from 'vitest'
import type { Contact } from '@/lib/model/contact'
import { isOneOff, nearDomainOf, strangersAmong } from './doubts'

describe('a domain one letter off', () => {
  const known = new Set(['brightwater.example', 'posthorn.test', 'x.org'])
  it.each([
    ['ann@brightwater.example', ''],
    ['ann@brigthwater.example', 'brightwater.example'],
    ['ann@brightwaters.example', 'brightwater.example'],
    ['ann@brightwatr.example', 'brightwater.example'],
    ['ann@brightvater.example', 'brightwater.example'],
    ['ann@BrightWater.example', ''],
    ['ann@gmial.com', 'gmail.com'],
    ['ann@gmail.co', 'gmail.com'],
    ['ann@gmail.com', ''],
    ['ann@mail.com', ''],
    ['ann@email.com', ''],
    ['ann@ymail.com', ''],
    ['ann@gmx.at', ''],
    ['ann@gnail.com', 'gmail.com'],
    ['ann@y.org', ''],
    ['ann@brightwater.test', ''],
    ['ann', ''],
  ])('%s', (address, meant) => expect(nearDomainOf(address, known)).toBe(meant))

  it('is one letter more, less, changed or swapped, and no more', () => {
    expect(isOneOff('abcd', 'abdc')).toBe(true)
    expect(isOneOff('abcd', 'abc')).toBe(true)
    expect(isOneOff('abcd', 'abcd')).toBe(false)
    expect(isOneOff('aaaa', 'aaa')).toBe(true)
    expect(isOneOff('abcd', 'badc')).toBe(false)
    expect(isOneOff('', '')).toBe(false)
  })

  it('stays quick with many known ones', () => {
    const many = new Set(Array.from({ length: 200_000 }, (_, i) => `${'long'.repeat(20)}${i}.example`))
    const started = process.cpuUsage()
    nearDomainOf(`a@${'long'.repeat(20)}.example`, many)
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(1000)
  })
})

describe('somebody new among people one knows', () => {
  const person = (address: string, uses: number, source: Contact['source'] = 'collected'): Contact => ({
    id: address,
    name: '',
    addresses: [address],
    groups: [],
    source,
    uses,
    usedAt: '',
  })
  const known = [person('a@x', 5), person('b@x', 3), person('c@x', 0, 'added'), person('once@x', 1)]
  const asked = (...addresses: string[]) =>
    strangersAmong(
      addresses.map((address) => ({ name: '', address })),
      known,
    ).map(({ address }) => address)
  it.each([
    ['one among two', ['a@x', 'b@x', 'new@y'], ['new@y']],
    ['whoever was added is no stranger', ['a@x', 'C@x', 'new@y'], ['new@y']],
    ['one who was written to once is none either', ['a@x', 'b@x', 'once@x'], []],
    ['beside one person nobody stands out', ['a@x', 'new@y'], []],
    ['among strangers nobody is one', ['a@x', 'b@x', 'n@y', 'm@y', 'o@y'], []],
    ['nobody', [], []],
  ])('%s', (_, list, strangers) => expect(asked(...list)).toEqual(strangers))
})
