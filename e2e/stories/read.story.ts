import { body, expect, folder, open, reader, row, signIn, test } from './story'

const newsletter = `<html><body style="font-family:Georgia">
  <h1>Spring at the nursery</h1><p>Forty new <b>irises</b>.</p>
  <img src="https://tracker.example.org/pixel.gif" width="1" height="1">
  <img src="https://nursery.us4.list-manage.com/track/open.php?u=1&id=2">
  <script>parent.document.title = 'taken'</script>
  <p><a href="https://example.org/irises">See them</a></p></body></html>`

test('a letter is read: text, sender, and it is no longer unread, here and on the server', async ({
  page,
  web,
  system,
  post,
}) => {
  const subject = await post.seed('alice', { subject: 'Tea on Thursday' })
  await signIn(page, web, system.users.alice)
  await expect(folder(page, 'Inbox')).toHaveAccessibleDescription(/1 unread/)
  await open(page, subject)
  await expect(body(page)).toContainText('in the garden if it is dry')
  await expect(reader(page).locator('[data-from-name]').first()).toContainText('Bob Marsh')
  await expect(page).toHaveURL(/\/mail\/0\/inbox\/\d+-\d+$/)
  const alice = await post.of('alice')
  await alice.until('INBOX', (seen) => seen[0]?.flags.includes('\\Seen') === true)
  await expect(folder(page, 'Inbox')).not.toHaveAccessibleDescription(/unread/)
})

test('an HTML newsletter is shown without its script and without calling home until asked', async ({
  page,
  web,
  system,
  post,
}) => {
  const outside: string[] = []
  page.on('request', (request) => {
    if (new URL(request.url()).hostname !== new URL(web.url).hostname) outside.push(request.url())
  })
  const subject = await post.seed('alice', { subject: 'Nursery news', html: newsletter })
  await signIn(page, web, system.users.alice)
  await open(page, subject)
  await expect(body(page).getByRole('heading', { name: 'Spring at the nursery' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Show images' })).toBeVisible()
  await expect(reader(page)).toContainText('a tracker of Mailchimp')
  await expect(page).not.toHaveTitle('taken')
  const link = body(page).getByRole('link', { name: 'See them' })
  await expect(link).toHaveAttribute('rel', /noopener/)
  expect(outside.filter((url) => !url.startsWith('data:'))).toEqual([])
})

test('an attachment is listed by its name and comes down as it was sent', async ({
  page,
  web,
  system,
  post,
}) => {
  const content = Buffer.from('name,price\niris,4\n')
  const subject = await post.seed('alice', {
    subject: 'Price list',
    attachments: [{ filename: 'prices.csv', content, contentType: 'text/csv' }],
  })
  await signIn(page, web, system.users.alice)
  await open(page, subject)
  const link = reader(page)
    .getByRole('list', { name: 'Attachments' })
    .getByRole('link', { name: /prices\.csv/ })
  const download = page.waitForEvent('download')
  await link.click()
  const path = await (await download).path()
  const { readFileSync } = await import('node:fs')
  expect(readFileSync(path)).toEqual(content)
})

test('mail in every script, without a subject, without a sender', async ({ page, web, system, post }) => {
  await post.seed('alice', { subject: '会議の件', text: '来週の会議についてご相談があります。' })
  await post.seed('alice', { subject: 'موعد الاجتماع', text: 'نلتقي غدًا في الساعة العاشرة.' })
  await post.seed('alice', { subject: '', text: 'No subject at all' })
  await signIn(page, web, system.users.alice)
  await open(page, '会議の件')
  await expect(body(page)).toContainText('来週の会議について')
  await open(page, 'موعد الاجتماع')
  await expect(body(page)).toContainText('نلتقي غدًا')
  await row(page, '(no subject)').click()
  await expect(body(page)).toContainText('No subject at all')
})

test('an empty inbox says that it is empty', async ({ page, web, system, post }) => {
  await post.of('alice')
  await page.goto(`${web.url}/login`)
  await page.getByRole('textbox', { name: 'Email address' }).fill(system.users.alice.address)
  await page.getByRole('textbox', { name: 'Password' }).fill(system.users.alice.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByText('Inbox is empty')).toBeVisible()
})
