// How soon a composer is ready and a letter stands there with 200 KB of history below, and 25 MB through the browser: see
// e2e/stories/composer-speed.story.ts. Held by what the page's thread worked, because the wall's clock is the machine's too.
import { loadavg } from 'node:os'
import { build } from '../build.mjs'
import { inPlaywright } from '../in-playwright.mjs'

const rounds = 7
/** Milliseconds, and megabytes above idle. */
const targets = { newMessage: 100, reply: 100, arriving: 50, empty: 16, history: 16, opened: 16, film: 80 }

const middle = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]

export const run = async ({ args }) => {
  const asked = Number(args[0] ?? rounds)
  await build()
  const load = loadavg()[0]
  const wishes = { POSTHORN_STORY_ROUNDS: String(asked) }
  const { status, stdout } = inPlaywright(['--workers=1', 'composer-speed'], wishes)
  const told = (what) =>
    JSON.parse(new RegExp(`^${what} on \\w+: (\\{.*\\})$`, 'm').exec(stdout)?.[1] ?? 'null')
  const measured = told('measured') ?? {}
  const film = told('film')
  const medians = Object.fromEntries(
    Object.entries(measured).map(([what, list]) => [
      what,
      { painted: middle(list.map((one) => one.painted)), worked: middle(list.map((one) => one.worked)) },
    ]),
  )
  const held = {
    ...Object.fromEntries(
      ['newMessage', 'reply', 'empty', 'history', 'opened'].map((what) => [
        what,
        medians[what]?.worked <= targets[what],
      ]),
    ),
    // Worked on between the keys is the original, which holds up none of them: the clock tells that.
    arriving: medians.arriving?.painted <= targets.arriving,
    film: film !== null && Math.max(film.up, film.out) <= targets.film,
  }
  const passed = Object.values(held).filter(Boolean).length
  const failed = Object.keys(held).length - passed + (status === 0 ? 0 : 1)
  return { rounds: asked, load: Math.round(load), targets, medians, film, held, measured, passed, failed }
}
