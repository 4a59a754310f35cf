import { expect, it } from 'vitest'
import { personOfAddress } from './person'

it.each(['alice@posthorn.test', 'ALICE@posthorn.TEST', '"alice"@posthorn.test', '"al\\ice"@Posthorn.test'])(
  '%s is one person',
  (address) => expect(personOfAddress(address)).toBe('alice@posthorn.test'),
)

it('what has no local part is left as it is', () => {
  expect(personOfAddress('@posthorn.test')).toBe('@posthorn.test')
  expect(personOfAddress('Alice')).toBe('alice')
})
