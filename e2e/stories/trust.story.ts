import { body, expect, open, reader, row, signIn, test } from './story'

test('a sender that is not who it seems: look-alike, another address as name, answers elsewhere', async ({
  page,
  web,
  system,
  post,
}) => {
  await post.seed('alice', {
    subject: 'Your account',
    from: { name: 'security@paypal.com', address: 'service@paypa1.com' },
    replyTo: 'collect@elsewhere.example',
  })
  await post.seed('alice', {
    subject: 'Apple',
    from: { name: 'Apple', address: 'id@xn--80ak6aa92e.com' },
  })
  await post.seed('alice', { subject: 'Tea on Thursday' })
  await signIn(page, web, system.users.alice)
  await open(page, 'Your account')
  await expect(reader(page)).toContainText('sent from paypa1.com, which looks like paypal.com')
  await expect(reader(page)).toContainText('calls itself security@paypal.com')
  await expect(reader(page)).toContainText('Answers go to collect@elsewhere.example')
  await open(page, 'Apple')
  await expect(reader(page)).toContainText('xn--80ak6aa92e.com, which looks like apple.com')
  await open(page, 'Tea on Thursday')
  await expect(reader(page)).not.toContainText('looks like')
  await expect(reader(page)).not.toContainText('Answers go to')
})

test('a first message from somebody says so; the second does not', async ({ page, web, system, post }) => {
  const eze = { name: 'Eze Okafor', address: 'eze@okafor.example' }
  await post.seed('alice', { subject: 'Hello', from: eze, date: '2026-11-01T10:00:00Z' })
  await signIn(page, web, system.users.alice)
  await open(page, 'Hello')
  await expect(reader(page).getByText('First message')).toBeVisible()
  await post.seed('alice', { subject: 'Hello again', from: eze })
  await expect(row(page, 'Hello again')).toBeVisible()
  const asked = page.waitForResponse((answer) => answer.url().endsWith('/first'))
  await open(page, 'Hello again')
  expect(await (await asked).json()).toEqual({ first: 'no' })
  await expect(reader(page).getByText('First message')).toHaveCount(0)
})

test('a link whose text names another host says so when pointed at, and asks before it is followed', async ({
  page,
  web,
  system,
  post,
  context,
}) => {
  await post.seed('alice', {
    subject: 'Sign in',
    html: `<p><a href="https://evil.example/x" title="safe">https://www.paypal.com/login</a></p>
      <p><a href="https://irises.example/">See them</a></p>`,
  })
  await signIn(page, web, system.users.alice)
  await open(page, 'Sign in')
  const link = body(page).getByRole('link', { name: 'https://www.paypal.com/login' })
  await expect(link).toHaveAttribute('title', 'Leads to evil.example, not to paypal.com')
  await expect(body(page).getByRole('link', { name: 'See them' })).toHaveAttribute(
    'title',
    'https://irises.example/',
  )
  const opened: string[] = []
  context.on('page', (other) => opened.push(other.url()))
  await link.click()
  const dialog = page.getByRole('dialog', { name: 'This link leads to evil.example' })
  await expect(dialog).toContainText('https://evil.example/x')
  await dialog.getByRole('button', { name: 'Stay here' }).click()
  await expect(dialog).toHaveCount(0)
  expect(opened).toEqual([])
  await link.click({ button: 'middle' })
  await expect(dialog).toBeVisible()
  const other = context.waitForEvent('page')
  await dialog.getByRole('button', { name: 'Open evil.example' }).click()
  await (await other).close()
  await expect(dialog).toHaveCount(0)
})
