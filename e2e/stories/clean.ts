import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from './story'

/** axe finds nothing on the page as it is now. */
export const clean = async (
  page: Page,
  view: string,
  expects: typeof expect.soft = expect,
): Promise<void> => {
  // The body of a message is somebody else's document: its contrast is not ours to promise. Without what is framed,
  // nothing has to be put together of several frames either, for which a page is opened each time.
  const { violations } = await new AxeBuilder({ page }).exclude('iframe[sandbox]').setLegacyMode().analyze()
  const found = violations.map(
    ({ id, nodes }) => `${view}: ${id} at ${nodes.map((it) => it.target).join(', ')}`,
  )
  expects(found).toEqual([])
}
