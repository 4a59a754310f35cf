import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from './story'

interface Way {
  rules?: 'all' | 'colours'
  expects?: typeof expect.soft
}

/** axe finds nothing on the page as it is now. */
export const clean = async (
  page: Page,
  view: string,
  { rules = 'all', expects = expect }: Way = {},
): Promise<void> => {
  // The body of a message is somebody else's document: its contrast is not ours to promise. Without what is framed,
  // nothing has to be put together of several frames either, for which a page is opened each time.
  const axe = new AxeBuilder({ page }).exclude('iframe[sandbox]').setLegacyMode()
  if (rules === 'colours') axe.withRules(['color-contrast', 'link-in-text-block'])
  const { violations } = await axe.analyze()
  const found = violations.map(
    ({ id, nodes }) => `${view}: ${id} at ${nodes.map((it) => it.target).join(', ')}`,
  )
  expects(found).toEqual([])
}
