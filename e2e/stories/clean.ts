import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from './story'

/** axe finds nothing on the page as it is now. */
export const clean = async (page: Page, view: string): Promise<void> => {
  // The body of a message is somebody else's document: its contrast is not ours to promise.
  const { violations } = await new AxeBuilder({ page }).exclude('iframe[sandbox]').analyze()
  const found = violations.map(
    ({ id, nodes }) => `${view}: ${id} at ${nodes.map((it) => it.target).join(', ')}`,
  )
  expect(found).toEqual([])
}
