import { expect, it } from 'vitest'
import { isCompleteAddress } from './address'

it.each([
  ['a@x.org', true],
  ["o'neil+tag/1#%?@x.org", true],
  ['a@příklad.cz', true],
  ['a@1.example', true],
  ['a@[192.0.2.1]', true],
  ['a@good.org/evil.net', false],
  ['a@good.org?evil.net', false],
  ['a@good.org#evil.net', false],
  ['a@good%2eorg.net', false],
  ['a@good.org\\evil.net', false],
  ['a@b@x.org', false],
  ['a@good.org:25', false],
  ['a@192.0.2.1', false],
  ['a@1.1', false],
  ['a@x.0x1', false],
  ['a@x', false],
])('%s', (address, complete) => expect(isCompleteAddress(address)).toBe(complete))
