// Every view: axe finds nothing, in whichever language. A run looks at mail being read and written in English and in light
// colours, and at a third of the other views in another language and in dark ones; `npm run test:long -- axe` looks at every view in every
// language, on a wide screen and on a phone's: in one of them in light colours and in the other in dark ones, by turns, so that each
// view is seen in both colours on both screens.
import type { Page } from '@playwright/test'
import { languages, spoken, type Spoken } from '../../lib/i18n/languages'
import { furnish } from '../views/letters'
import { everyView, regions, wordsIn } from '../views/walk'
import { clean } from './clean'
import { asUsual, axeRest, axeWalks, expect, test } from './story'

const sizes = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }

interface Way {
  size: keyof typeof sizes
  colours: 'light' | 'dark'
}

interface Visit {
  language: Spoken
  /** In the first of them the walk is gone. */
  ways: readonly [Way, ...Way[]]
  part: Parameters<typeof everyView>[1]
}

const inTurn = [
  [
    { size: 'wide', colours: 'light' },
    { size: 'phone', colours: 'dark' },
  ],
  [
    { size: 'wide', colours: 'dark' },
    { size: 'phone', colours: 'light' },
  ],
] as const satisfies readonly Visit['ways'][]

const whole = axeWalks === 'all'
const visits: readonly Visit[] =
  axeWalks === 'all'
    ? spoken.map((language, at) => ({ language, ways: inTurn[at % 2] ?? inTurn[0], part: 'all' }))
    : [
        { language: 'en', ways: [inTurn[0][0]], part: 'mail' },
        { language: axeWalks, ways: [inTurn[1][0]], part: axeRest },
      ]

if (whole) test.describe.configure({ mode: 'parallel' })

const turnTo = async (page: Page, { size, colours }: Way): Promise<void> => {
  await page.emulateMedia({ colorScheme: colours, reducedMotion: 'reduce' })
  await page.setViewportSize(sizes[size])
}
const called = (ways: readonly Way[]): string =>
  ways.map(({ size, colours }) => `${size} ${colours}`).join(' and ')

for (const { language, ways, part } of visits)
  test.describe(`in ${language}, ${called(ways)}`, () => {
    test.use({ locale: regions[language] })
    test('axe finds nothing in any view', async ({ page, web, system, post }) => {
      test.setTimeout(whole ? 3_600_000 : 270_000)
      await turnTo(page, ways[0])
      await furnish(await post.of('alice'))
      let seen = 0
      const at = {
        page,
        url: web.url,
        user: system.users.alice,
        ...(await wordsIn(language)),
        look: async (view: string) => {
          seen++
          for (const way of ways) {
            if (ways.length > 1) await turnTo(page, way)
            // Of a run that takes so long all that is wrong is told.
            await clean(
              page,
              `${view} in ${languages[language].name}, ${called([way])}`,
              whole ? expect.soft : expect,
            )
          }
          if (ways.length > 1) await turnTo(page, ways[0])
        },
      }
      await everyView(at, part)
      console.log(`axe looked at ${seen} views in ${language}, ${called(ways)}`)
      await asUsual(page, web)
    })
  })
