// Every view: axe finds nothing, in whichever language. A run looks at mail being read and written in English and in light
// colours, and at a third of the other views in another language and in dark ones; `npm run test:long -- axe` looks at every view in every
// language and in both, on a wide screen and on a phone's.
import { languages, spoken, type Spoken } from '../../lib/i18n/languages'
import { furnish } from '../views/letters'
import { everyView, regions, wordsIn } from '../views/walk'
import { clean } from './clean'
import { asUsual, axeRest, axeWalks, test } from './story'

const phone = { width: 390, height: 844 }
const schemes = ['light', 'dark'] as const

const languagesIn = (scheme: (typeof schemes)[number]): readonly Spoken[] => {
  if (axeWalks === 'all') return spoken
  return [scheme === 'light' ? 'en' : axeWalks]
}

for (const colorScheme of schemes)
  for (const language of languagesIn(colorScheme))
    test.describe(`in ${language}, ${colorScheme}`, () => {
      test.use({ locale: regions[language] })
      test('axe finds nothing in any view', async ({ page, web, system, post }) => {
        test.setTimeout(axeWalks === 'all' ? 1_200_000 : 270_000)
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await furnish(await post.of('alice'))
        const wide = page.viewportSize()
        const seen: string[] = []
        const at = {
          page,
          url: web.url,
          user: system.users.alice,
          ...(await wordsIn(language)),
          look: async (view: string) => {
            seen.push(view)
            await clean(page, `${view} in ${languages[language].name}, ${colorScheme}`)
            if (axeWalks !== 'all' || !wide) return
            await page.setViewportSize(phone)
            await clean(page, `${view} in ${languages[language].name}, ${colorScheme}, on a phone`)
            await page.setViewportSize(wide)
          },
        }
        const half = colorScheme === 'light' ? 'mail' : axeRest
        await everyView(at, axeWalks === 'all' ? 'all' : half)
        console.log(`axe looked at ${seen.length} views in ${language}, ${colorScheme}`)
        await asUsual(page, web)
      })
    })
