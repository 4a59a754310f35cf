// The list for those who enlarge it, who see it in colours of their own, who want nothing to move, and who hear it.
import { expect, list, listed, open, row, test, toolbar } from './story'

// A window of 1440 x 900 at 200% zoom.
test.use({ viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 })

test('a list at 200%, in forced colours, without motion, and as it is read out', async ({
  page,
  web,
  system,
  post,
}) => {
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })
  const long = 'A subject that goes on and on, '.repeat(8).trim()
  await post.seed('alice', { subject: long, date: '2026-02-03T09:00:00Z', flags: ['\\Seen'] })
  await post.seed('alice', { subject: 'Tea on Thursday', date: '2026-02-04T09:00:00Z', flags: ['\\Flagged'] })
  const { alice } = system.users
  await page.goto(`${web.url}/login`)
  await page.getByRole('textbox', { name: 'Email address' }).fill(alice.address)
  await page.getByRole('textbox', { name: 'Password' }).fill(alice.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await listed(page)

  // Sender, subject, state, date: what a row is called is what a screen reader says of it.
  await expect(row(page, 'Tea on Thursday')).toHaveAccessibleName(
    /Unread.*Bob Marsh.*4 Feb.*Tea on Thursday.*Remove star/s,
  )
  await expect(row(page, long)).not.toHaveAccessibleName(/Unread/)
  await expect(row(page, long)).toHaveAttribute('aria-rowindex', '2')

  const wider = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(await wider()).toBeLessThanOrEqual(0)
  for (const one of [row(page, 'Tea on Thursday'), row(page, long)])
    await expect(one).toBeInViewport({ ratio: 1 })

  // No background survives forced colours: what is unread and where the keyboard is must be seen without.
  const dot = row(page, 'Tea on Thursday').locator('[data-unread]')
  expect(await dot.evaluate((it) => getComputedStyle(it).forcedColorAdjust)).toBe('none')
  await list(page).focus()
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  const ticked = row(page, 'Tea on Thursday')
  await expect(ticked).toHaveAttribute('aria-selected', 'true')
  expect(await ticked.evaluate((it) => getComputedStyle(it).outlineStyle)).not.toBe('none')
  await page.keyboard.press('Escape')

  await open(page, 'Tea on Thursday')
  expect(await wider()).toBeLessThanOrEqual(0)
  for (const button of await toolbar(page).getByRole('button').all())
    await expect(button).toBeInViewport({ ratio: 1 })
  // Without motion a change is there at once: what is left of an animation ends before it can be seen.
  const moving = () =>
    document.getAnimations().filter(({ effect }) => Number(effect?.getComputedTiming().activeDuration) > 20)
      .length
  await page.getByRole('button', { name: 'More', exact: true }).click()
  expect(await page.evaluate(moving)).toBe(0)
})
