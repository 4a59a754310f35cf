// A tab that stays open while Posthorn is upgraded: another build, none of whose files has the name it had before.
import { otherBuild } from '../servers/other-build'
import { startWeb } from '../servers/web'
import { body, expect, open, said, sendAfter, signIn, test } from './story'

test('a tab outlives an upgrade with what is being written, and says calmly that there is a newer one @ours', async ({
  page,
  system,
  post,
}) => {
  const web = await startWeb(system)
  const other = otherBuild()
  try {
    const alice = await post.of('alice')
    await post.seed('alice', { subject: 'Before the upgrade' })
    await signIn(page, web, system.users.alice)
    await sendAfter(0, page, web)
    await page.getByRole('button', { name: 'New message' }).first().click()
    await page.getByRole('textbox', { name: 'Subject' }).fill('Half written')
    const letter = page.getByRole('textbox', { name: 'Message', exact: true })
    await letter.click()
    await page.keyboard.type('Written before. ')

    await web.replace(other.root)
    const updated = said(page, 'Posthorn was updated')
    await expect(updated).toBeVisible({ timeout: 30_000 })
    await expect(page.getByText('No connection')).toHaveCount(0)
    await page.keyboard.type('And after.')
    await post.seed('alice', { subject: 'After the upgrade' })
    await page.getByRole('button', { name: 'Minimise' }).click()
    await open(page, 'After the upgrade')
    await expect(body(page)).toContainText('in the garden')

    // A part that was never loaded comes from the build that is gone.
    const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await page.keyboard.press('?')
    await expect(help).toBeVisible()
    await page.keyboard.press('Escape')
    // And one that cannot be had any more takes nothing down with it.
    let missing = 0
    await page.route('**/_next/static/chunks/**', (route) => {
      missing++
      return route.fulfill({ status: 404, body: '' })
    })
    await page.keyboard.press('v')
    await expect.poll(() => missing).toBeGreaterThan(0)
    await expect(updated).toBeVisible()
    await expect(page.getByRole('heading', { name: 'After the upgrade' })).toBeVisible()

    // A Send that waits for its file happens in this page: the reload comes after it.
    let free = (): void => undefined
    const freed = new Promise<void>((resolve) => (free = resolve))
    await page.route('**/api/uploads/**', async (route) => {
      await freed
      await route.continue()
    })
    await page.getByRole('button', { name: 'New message' }).first().click()
    const second = page.getByRole('dialog', { name: /New message|On its way/ })
    await second.getByRole('combobox', { name: 'To', exact: true }).fill(system.users.bob.address)
    await page.keyboard.press('Enter')
    await second.getByRole('textbox', { name: 'Subject' }).fill('On its way')
    const choosing = page.waitForEvent('filechooser')
    await second.getByRole('button', { name: 'Attach files' }).click()
    const buffer = Buffer.from('A file')
    await (await choosing).setFiles({ name: 'late.txt', mimeType: 'text/plain', buffer })
    await second.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(second.getByText('The message leaves as soon as')).toBeVisible()
    await updated.getByRole('button', { name: 'Reload' }).click()
    await expect(said(page, 'Reloads as soon as everything is sent')).toBeVisible()
    free()
    await expect(page.locator('script[src*="/static/pieces/"]').first()).toBeAttached()
    const bob = await post.of('bob')
    await bob.until('INBOX', (seen) => seen.some(({ subject }) => subject === 'On its way'))
    await alice.until('Drafts', (seen) => seen.some(({ subject }) => subject === 'Half written'))
    const [draft] = await alice.list('Drafts')
    const lock = await alice.client.getMailboxLock('Drafts')
    const kept = await alice.client.fetchOne(String(draft?.uid), { source: true }, { uid: true })
    lock.release()
    expect(kept && kept.source?.toString()).toContain('Written before. And after.')
  } finally {
    await web.stop()
    other.remove()
  }
})
