// Every view in every language, on a wide screen and on a phone's, in light and in dark colours: axe finds nothing. See
// e2e/stories/axe.story.ts.
import { build } from '../build.mjs'
import { inPlaywright } from '../in-playwright.mjs'

export const run = async ({ args }) => {
  await build()
  const { stdout, passed, failed } = inPlaywright(['axe', '--trace=off', ...args], {
    POSTHORN_STORY_LANGUAGE: 'all',
  })
  const looked = [...stdout.matchAll(/^axe looked at (\d+) views in (\w+), ([\w ]+)$/gm)]
  const views = looked.map(([, count, language, colours]) => [`${language}, ${colours}`, Number(count)])
  return { views: Object.fromEntries(views), passed, failed }
}
