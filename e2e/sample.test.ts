import { expect, it } from 'vitest'
import { leftOut } from './sample'

const daily = ['sign-in', 'read', 'write', 'keyboard', 'phone']
const others = ['act', 'files', 'huge', 'list', 'rich', 'view', 'weak-server']
const seeds = Array.from({ length: 50 }, (_, seed) => String(seed))

it('leaves out nothing without a seed', () =>
  expect(leftOut([...daily, ...others], undefined)).toEqual({ posthorn: [], dovecot: [] }))

it('tells what a person does first on both servers, and each of the others on one', () => {
  for (const seed of seeds) {
    const { posthorn, dovecot } = leftOut([...daily, ...others], seed)
    expect([...posthorn, ...dovecot].toSorted()).toEqual(others)
    expect(Math.abs(posthorn.length - dovecot.length)).toBe(1)
    // The two that take longest are not told on the same.
    expect(posthorn.includes('huge')).toBe(dovecot.includes('weak-server'))
  }
})

it('is the same for the same seed, and changes servers from run to run', () => {
  expect(leftOut(others, '7')).toEqual(leftOut(others, '7'))
  for (const name of others)
    expect(new Set(seeds.map((seed) => leftOut(others, seed).posthorn.includes(name))).size).toBe(2)
})
