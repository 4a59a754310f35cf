// Every view: axe finds nothing, in whichever language. A run looks at mail being read and written in English and in light
// colours, and at a third of the other views in another language and in dark ones; `npm run test:long -- axe` looks at every view in every
// language, and at each of them in both, on a wide screen and on a phone's.
import type { Page } from '@playwright/test'
import { languages, spoken, type Spoken } from '../../lib/i18n/languages'
import { furnish } from '../views/letters'
import { everyView, regions, wordsIn } from '../views/walk'
import { clean } from './clean'
import { asUsual, axeRest, axeWalks, expect, test } from './story'

const phone = { width: 390, height: 844 }
type Colours = 'light' | 'dark'

interface Visit {
  language: Spoken
  colours: readonly Colours[]
  part: Parameters<typeof everyView>[1]
}

const whole = axeWalks === 'all'
const visits: readonly Visit[] =
  axeWalks === 'all'
    ? spoken.map((language) => ({ language, colours: ['light', 'dark'], part: 'all' }))
    : [
        { language: 'en', colours: ['light'], part: 'mail' },
        { language: axeWalks, colours: ['dark'], part: axeRest },
      ]

if (whole) test.describe.configure({ mode: 'parallel' })

/** One view, as it stands. What is found in one way of looking at it does not hide what another finds. */
const lookAt = async (page: Page, view: string, colours: readonly Colours[]): Promise<void> => {
  const wide = page.viewportSize()
  for (const size of whole && wide ? [wide, phone] : [wide]) {
    if (size) await page.setViewportSize(size)
    for (const [at, colorScheme] of colours.entries()) {
      await page.emulateMedia({ colorScheme })
      // Nothing but its colours is another in the second.
      const rules = at === 0 ? 'all' : 'colours'
      await clean(page, `${view}, ${colorScheme}${size === phone ? ', on a phone' : ''}`, {
        rules,
        expects: whole ? expect.soft : expect,
      })
    }
  }
  await page.emulateMedia({ colorScheme: colours[0] ?? 'light' })
  if (wide) await page.setViewportSize(wide)
}

for (const { language, colours, part } of visits)
  test.describe(`in ${language}, ${colours.join(' and ')}`, () => {
    test.use({ locale: regions[language] })
    test('axe finds nothing in any view', async ({ page, web, system, post }) => {
      test.setTimeout(whole ? 3_600_000 : 270_000)
      await page.emulateMedia({ colorScheme: colours[0] ?? 'light', reducedMotion: 'reduce' })
      await furnish(await post.of('alice'))
      let seen = 0
      const at = {
        page,
        url: web.url,
        user: system.users.alice,
        ...(await wordsIn(language)),
        look: async (view: string) => {
          seen++
          await lookAt(page, `${view} in ${languages[language].name}`, colours)
        },
      }
      await everyView(at, part)
      console.log(`axe looked at ${seen} views in ${language}, ${colours.join(' and ')}`)
      await asUsual(page, web)
    })
  })
