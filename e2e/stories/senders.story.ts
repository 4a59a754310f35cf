import { signIn, expect, folder, list, open, reader, row, said, test } from './story'

const newsletter = (id: string) =>
  `<html><body><p>Number ${id}</p><img src="https://pictures.example.org/${id}.png" width="40" height="40"></body></html>`
const shop = { name: 'Iris Nursery', address: 'news@iris.example' }

test('the sender is put among the contacts, and images of contacts are shown when that is wished', async ({
  page,
  web,
  system,
  post,
}) => {
  await post.seed('alice', { subject: 'Spring', from: shop, html: newsletter('1') })
  await signIn(page, web, system.users.alice)
  await open(page, 'Spring')
  await reader(page).getByRole('button', { name: 'Iris Nursery' }).click()
  await page.getByRole('menuitem', { name: 'Add to contacts' }).click()
  await expect(said(page, 'Iris Nursery is in your contacts')).toBeVisible()
  const show = reader(page).getByRole('button', { name: 'Show images' })
  await expect(show).toBeVisible()
  await reader(page).getByRole('button', { name: 'More about images' }).click()
  await page.getByRole('menuitem', { name: 'Always show images from contacts' }).click()
  await expect(show).toHaveCount(0)
  await page.reload()
  await expect(page.locator('iframe[title="Message body"]')).toHaveAttribute('src', /images=shown/)
  await reader(page).getByRole('button', { name: 'Iris Nursery' }).click()
  await page.getByRole('menuitem', { name: 'Remove from contacts' }).click()
  await expect(show).toBeVisible()
})

test('images of one sender are always shown, never in Junk, until the sender is removed in settings', async ({
  page,
  web,
  system,
  post,
}) => {
  await post.seed('alice', { subject: 'First', from: shop, html: newsletter('1') })
  await post.seed('alice', { subject: 'Second', from: shop, html: newsletter('2') })
  await post.seed('alice', { subject: 'Third', from: shop, html: newsletter('3'), folder: 'Junk' })
  await signIn(page, web, system.users.alice)
  const frame = page.locator('iframe[title="Message body"]')
  await open(page, 'First')
  await expect(frame).toHaveAttribute('src', /images=blocked/)
  await reader(page).getByRole('button', { name: 'More about images' }).click()
  await page.getByRole('menuitem', { name: `Always show images from ${shop.address}` }).click()
  await expect(frame).toHaveAttribute('src', /images=shown/)
  await open(page, 'Second')
  await expect(frame).toHaveAttribute('src', /images=shown/)
  await folder(page, 'Junk').click()
  await open(page, 'Third')
  await expect(frame).toHaveAttribute('src', /images=blocked/)
  await page.goto(`${web.url}/settings/privacy`)
  const allowed = page.getByRole('list', { name: 'Senders whose images are shown' })
  await allowed.getByRole('button', { name: `Remove ${shop.address}` }).click()
  await expect(said(page, `Images from ${shop.address} are blocked`)).toBeVisible()
  await page.goto(`${web.url}/mail/0/inbox`)
  await open(page, 'Second')
  await expect(frame).toHaveAttribute('src', /images=blocked/)
})

test('a blocked sender: this message and those to come go to Junk, until the sender is unblocked', async ({
  page,
  web,
  system,
  post,
}) => {
  const pest = { name: 'Pest', address: 'pest@spam.example' }
  await post.seed('alice', { subject: 'Buy now', from: pest })
  await post.seed('alice', { subject: 'Tea on Thursday' })
  await signIn(page, web, system.users.alice)
  await open(page, 'Buy now')
  await reader(page).getByRole('button', { name: 'Pest', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Block sender' }).click()
  await expect(said(page, `Blocked. New mail from ${pest.address} goes to Junk.`)).toBeVisible()
  const alice = await post.of('alice')
  await alice.until('Junk', (seen) => seen.length === 1)
  await post.seed('alice', { subject: 'Buy later', from: pest })
  await alice.until('Junk', (seen) => seen.some(({ subject }) => subject === 'Buy later'))
  await alice.until('INBOX', (seen) => seen.length === 1)
  await expect(row(page, 'Buy')).toHaveCount(0)
  await expect(row(page, 'Tea on Thursday')).toBeVisible()
  // Who takes it out again is right.
  await folder(page, 'Junk').click()
  await open(page, 'Buy later')
  await expect(reader(page)).toContainText(`You blocked ${pest.address}`)
  await page
    .getByRole('toolbar', { name: 'Message actions' })
    .getByRole('button', { name: 'Not junk' })
    .click()
  await alice.until('INBOX', (seen) => seen.length === 2)
  await page.goto(`${web.url}/settings/privacy`)
  const blocked = page.getByRole('list', { name: 'Blocked senders' })
  await blocked.getByRole('button', { name: `Unblock ${pest.address}` }).click()
  await expect(page.getByText('Nobody is blocked.')).toBeVisible()
  await page.goto(`${web.url}/mail/0/inbox`)
  await expect(list(page)).toBeVisible()
  await post.seed('alice', { subject: 'Buy at last', from: pest })
  await expect(row(page, 'Buy at last')).toBeVisible()
  await alice.until('INBOX', (seen) => seen.length === 3)
})

test('who was written to is known afterwards', async ({ page, web, system, post }) => {
  await post.seed('alice', { subject: 'Tea on Thursday' })
  await signIn(page, web, system.users.alice)
  await page.request.put(`${web.url}/api/preferences`, {
    headers: { 'x-posthorn': '1' },
    data: { undoSeconds: 0 },
  })
  await page.reload()
  await open(page, 'Tea on Thursday')
  await reader(page).getByRole('button', { name: 'Reply', exact: true }).first().click()
  await page.getByRole('textbox', { name: 'Message', exact: true }).fill('With pleasure.')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  const alice = await post.of('alice')
  await alice.until('Sent', (seen) => seen.length === 1)
  await expect(async () => {
    const answer = await page.request.get(`${web.url}/api/contacts`)
    const { contacts } = (await answer.json()) as { contacts: { addresses: string[]; source: string }[] }
    expect(contacts).toContainEqual(
      expect.objectContaining({ addresses: ['bob@posthorn.test'], source: 'collected' }),
    )
  }).toPass()
})
