import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => vi.unstubAllGlobals())

test('a browser that has notifications and makes none is one without them', async () => {
  const { askPermission, permission } = await import('./notify')
  const requestPermission = vi.fn(async () => 'granted')
  // Chrome on Android.
  class Refusing {
    static permission = 'default'
    static requestPermission = requestPermission
    constructor() {
      throw new TypeError('Illegal constructor')
    }
  }
  vi.stubGlobal('Notification', Refusing)
  expect(permission()).toBe('default')
  expect(await askPermission()).toBe('missing')
  expect(permission()).toBe('missing')
  expect(requestPermission).not.toHaveBeenCalled()
})
