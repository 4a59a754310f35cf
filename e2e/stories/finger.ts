import type { Locator, Page } from '@playwright/test'

/** A finger as the browser feels one; `lift` after it has moved. */
export const finger = async (page: Page, on: Locator) => {
  const touch = await page.context().newCDPSession(page)
  const box = await on.boundingBox()
  if (!box) throw new Error('nothing to touch')
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
    touch.send('Input.dispatchTouchEvent', { type, touchPoints })
  await send('touchStart', [at])
  return {
    move: async (dx: number, dy: number) => {
      for (let step = 1; step <= 6; step++)
        await send('touchMove', [{ x: at.x + (dx * step) / 6, y: at.y + (dy * step) / 6 }])
    },
    lift: () => send('touchEnd', []),
  }
}
