import { expect, it } from 'vitest'
import { newKey, seal, unseal } from './vault'

it('opens only with its key, for its purpose, unchanged', () => {
  const key = newKey()
  const sealed = seal('pässword', key, 'session 1')
  expect(sealed).not.toContain('ssword')
  expect(unseal(sealed, key, 'session 1')).toBe('pässword')
  expect(unseal(sealed, newKey(), 'session 1')).toBeNull()
  expect(unseal(sealed, key, 'session 2')).toBeNull()
  const bytes = Buffer.from(sealed, 'base64url')
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes)
    changed[at]! ^= 1
    expect(unseal(changed.toString('base64url'), key, 'session 1'), `byte ${at}`).toBeNull()
  }
  expect(unseal('', key, '')).toBeNull()
})

it('seals the same word differently each time', () => {
  const key = newKey()
  expect(seal('x', key, '')).not.toBe(seal('x', key, ''))
})
