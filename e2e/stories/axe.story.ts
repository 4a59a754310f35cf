// Every view, light and dark: axe finds nothing.
import { clean } from './clean'
import { body, expect, folder, list, open, reader, signIn, test } from './story'

/** RFC 8098: one that came. */
const receipt = [
  'From: bob@posthorn.test',
  'To: alice@posthorn.test',
  'Subject: Read: The lease',
  'MIME-Version: 1.0',
  'Content-Type: multipart/report; report-type=disposition-notification; boundary=b',
  '',
  '--b',
  '',
  'It was opened.',
  '--b',
  'Content-Type: message/disposition-notification',
  '',
  'Final-Recipient: rfc822;bob@posthorn.test',
  'Disposition: manual-action/MDN-sent-manually; displayed',
  '--b--',
  '',
].join('\r\n')

for (const colorScheme of ['light', 'dark'] as const)
  test(`axe finds nothing in the ${colorScheme} views`, async ({ page, web, system, post }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await post.seed('alice', { subject: 'Tea on Thursday' })
    await post.seed('alice', {
      subject: 'Nursery news',
      html: '<h1>Spring</h1><img src="https://example.org/a.png">',
    })
    await post.seed('alice', { raw: receipt })
    await page.goto(`${web.url}/login`)
    await expect(page.getByRole('textbox', { name: 'Email address' })).toBeVisible()
    await clean(page, 'sign-in')
    await signIn(page, web, system.users.alice)
    await clean(page, 'inbox')
    await open(page, 'Nursery news')
    await expect(body(page)).toBeVisible()
    await clean(page, 'reader')
    await page.getByRole('toolbar', { name: 'Message actions' }).getByRole('button', { name: 'More' }).click()
    await expect(page.getByRole('menuitem', { name: 'Redirect' })).toBeVisible()
    await clean(page, 'menu of the message')
    await page.getByRole('menuitem', { name: 'Redirect' }).click()
    await expect(page.getByRole('dialog', { name: 'Redirect' })).toBeVisible()
    await clean(page, 'redirect')
    await page.keyboard.press('Escape')
    await open(page, 'Read: The lease')
    await expect(reader(page).getByRole('region', { name: 'Read receipt' })).toBeVisible()
    await clean(page, 'receipt')
    await page.getByRole('button', { name: 'New message' }).first().click()
    await expect(page.getByRole('textbox', { name: 'Message', exact: true })).toBeVisible()
    await clean(page, 'composer')
    await page.getByRole('button', { name: 'Save and close' }).click()
    await folder(page, 'Archive').click()
    await expect(page.getByText('Nothing archived yet')).toBeVisible()
    await clean(page, 'empty folder')
    await page.goto(`${web.url}/settings/appearance`)
    await expect(page.getByRole('heading', { name: 'Appearance', level: 1 })).toBeVisible()
    await clean(page, 'settings')
    await page.goto(`${web.url}/settings/privacy`)
    await expect(page.getByRole('group', { name: 'Read receipts' })).toBeVisible()
    await clean(page, 'privacy')
    for (const [name, heading, button] of [
      ['writing', 'Writing', ''],
      ['identities', 'Identities', 'New identity'],
      ['notifications', 'Notifications', ''],
      ['templates', 'Templates', 'New template'],
    ] as const) {
      await page.goto(`${web.url}/settings/${name}`)
      await expect(page.getByRole('heading', { name: heading, level: 1 })).toBeVisible()
      if (button) await page.getByRole('button', { name: button }).click()
      await clean(page, `settings: ${name}`)
    }
    await page.goto(`${web.url}/contacts?id=new`)
    await expect(page.getByRole('textbox', { name: 'Email address 1' })).toBeVisible()
    await clean(page, 'contacts')
    await page.goto(`${web.url}/mail/0/inbox/1-999999`)
    await expect(page.getByText('This message is no longer here')).toBeVisible()
    await clean(page, 'message that is gone')
    for (const nowhere of ['/nowhere', '/settings/nothing', '/mail/0/nothing']) {
      await page.goto(`${web.url}${nowhere}`)
      await expect(page.getByText('There is nothing at this address')).toBeVisible()
      await clean(page, `nothing at ${nowhere}`)
    }
    expect(await list(page).count()).toBe(0)
  })
