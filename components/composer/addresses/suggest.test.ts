import { expect, it } from 'vitest'
import { matches } from './suggest'

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
