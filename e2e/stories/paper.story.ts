import { browserPath, launchArgs } from '../servers/chromium'
import { body, expect, list, open, reader, signIn, test, toolbar } from './story'

// Without a browser's windows nothing is printed, and the sheet is gone at once.
test.use({ launchOptions: { args: launchArgs, ...(browserPath ? { executablePath: browserPath } : {}) } })

const brochure = `<html><body style="background:#ffffff;color:#222"><h1>Spring at the nursery</h1>
  <style>* { font-size: 60px !important } div { display: none !important }</style>
  <p>Forty new irises.</p></body></html>`

test('printed: the header and the text, nothing of ours, and no style of the sender on our lines', async ({
  page,
  web,
  system,
  post,
}) => {
  await post.seed('alice', {
    subject: 'Nursery news',
    html: brochure,
    cc: 'carol@posthorn.test',
    attachments: [{ filename: 'prices.csv', content: 'iris,4\n' }],
  })
  await signIn(page, web, system.users.alice)
  await open(page, 'Nursery news')
  await expect(body(page)).toContainText('Forty new irises')
  await toolbar(page).getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Print' }).click()
  const sheet = page.frameLocator('iframe[data-printed]')
  const heading = sheet.locator('[data-ph-heading]')
  await expect(heading).toContainText('From: Bob Marsh <bob@posthorn.test>')
  await expect(heading).toContainText('To: Alice Fenn <alice@posthorn.test>')
  await expect(heading).toContainText('Cc: carol@posthorn.test')
  await expect(heading).toContainText('prices.csv')
  await expect(heading.locator('h1')).toHaveCSS('font-size', '19px')
  await expect(sheet.locator('body')).toContainText('Forty new irises')
  // The browser's own printing shows the message and no bars either.
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('navigation', { name: 'Mailboxes' })).toBeHidden()
  await expect(list(page)).toBeHidden()
  await expect(toolbar(page)).toBeHidden()
  await expect(page.getByRole('searchbox', { name: 'Search mail' })).toBeHidden()
  await expect(reader(page).getByRole('heading', { name: 'Nursery news' })).toBeVisible()
  const pdf = await page.pdf()
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  // One sheet, not one for each screen of the interface.
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
})

test('in the dark a message can be looked at in its own light colours, and back', async ({
  page,
  web,
  system,
  post,
}) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await post.seed('alice', { subject: 'Brochure', html: '<p style="color:#111">Forty new irises.</p>' })
  await post.seed('alice', { subject: 'Note' })
  await signIn(page, web, system.users.alice)
  await open(page, 'Brochure')
  const paper = page.frameLocator('iframe[title="Message body"]').locator('html')
  const white = ['background-color', 'rgb(255, 255, 255)'] as const
  await expect(body(page)).toContainText('irises')
  await expect(paper).not.toHaveCSS(...white)
  const choose = async (name: string) => {
    await toolbar(page).getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name }).click()
  }
  await choose('Show in light colours')
  await expect(paper).toHaveCSS(...white)
  await choose('Show in dark colours')
  await expect(paper).not.toHaveCSS(...white)
  await open(page, 'Note')
  await toolbar(page).getByRole('button', { name: 'More' }).click()
  await expect(page.getByRole('menuitem', { name: 'Print' })).toBeVisible()
  await expect(page.getByRole('menuitem', { name: 'Show in light colours' })).toHaveCount(0)
})
