// The languages: chosen by the browser or by the person, one at a time, read from either side.
import type { Page } from '@playwright/test'
import { clean } from './clean'
import { answers, asUsual, expect, test } from './story'

/** What only one language's catalogue holds. */
const marks = {
  en: 'Choose a message to read it here',
  de: 'Wählen Sie eine Nachricht, um sie hier zu lesen',
  ar: 'اختر رسالة لقراءتها هنا',
}

/** Which catalogues the page has loaded. */
const heard = (page: Page) => {
  const found = new Set<string>()
  page.on('response', async (response) => {
    if (!response.url().endsWith('.js')) return
    const text = await response.text().catch(() => '')
    for (const [language, words] of Object.entries(marks)) if (text.includes(words)) found.add(language)
  })
  return found
}

test.describe('a browser that asks for Arabic', () => {
  test.use({ locale: 'ar-EG' })
  test('is answered in it, from the right, and in no other until another is chosen', async ({
    page,
    web,
    system,
    post,
  }) => {
    const loaded = heard(page)
    const { alice } = system.users
    await post.seed('alice', { subject: 'Tea on Thursday', text: 'Bring the chairs.' })
    await page.goto(`${web.url}/login`)
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
    await expect(page).toHaveTitle('تسجيل الدخول – Posthorn')
    await page.getByRole('textbox', { name: 'عنوان البريد الإلكتروني' }).fill(alice.address)
    await page.getByRole('textbox', { name: 'كلمة المرور' }).fill(alice.password)
    await page.getByRole('button', { name: 'تسجيل الدخول', exact: true }).click()

    const rail = page.getByRole('navigation', { name: 'صناديق البريد' })
    const grid = page.getByRole('grid', { name: 'الرسائل' })
    await expect(grid.getByRole('row')).toHaveCount(1)
    const [railBox, gridBox] = [await rail.boundingBox(), await grid.boundingBox()]
    expect(railBox?.x).toBeGreaterThan(gridBox?.x ?? Infinity)
    await expect.poll(() => [...loaded]).toEqual(['ar'])
    await clean(page, 'inbox in Arabic')

    await grid.getByRole('row').first().click()
    const tools = page.getByRole('toolbar', { name: 'إجراءات الرسالة' })
    await expect(tools).toBeVisible()
    await expect(page.frameLocator('main iframe').first().locator('body')).toBeVisible()
    await clean(page, 'reader in Arabic')
    // Drawn by the server this time.
    await page.reload()
    await expect(tools).toHaveAttribute('dir', 'rtl')
    await expect(tools.getByRole('button').first()).toBeVisible()
    const first = tools.getByRole('button').first()
    await first.focus()
    await page.keyboard.press('ArrowLeft')
    await expect(tools.getByRole('button').nth(1)).toBeFocused()
    await tools.getByRole('button', { name: 'أرشفة' }).click()
    await expect(page.getByRole('status').filter({ hasText: 'تمت الأرشفة' })).toBeVisible()
    const mailbox = await post.of('alice')
    await mailbox.until('Archive', (seen) => seen.length === 1)

    await page.goto(`${web.url}/settings/appearance`)
    await page.getByText('Deutsch', { exact: true }).click()
    await expect(page.getByRole('heading', { name: 'Darstellung', level: 1 })).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('dir', 'ltr')
    await expect(page.locator('html')).toHaveAttribute('lang', 'de')
    await clean(page, 'settings in German')
    await page.getByRole('link', { name: 'Archiv', exact: true }).click()
    await expect(page.getByRole('grid', { name: 'Nachrichten' }).getByRole('row')).toHaveCount(1)
    await answers(page)
    // What is typed in German is kept in the words of every language's searches.
    await page.keyboard.press('/')
    await page.keyboard.type('is:gelesen')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/search\?q=is%3Aread$/)
    await expect(page.getByRole('grid', { name: 'Nachrichten' }).getByRole('row')).toHaveCount(1)
    expect(loaded.has('en')).toBe(false)
    await asUsual(page, web)
  })
})

/** Texts and names on the page that were never in a catalogue, and labels that were cut. */
const strays = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const seen = (node: Element) => node.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    const spare =
      '[data-spare], kbd, time, code, bdi, [dir=auto], [role=row], option, iframe, [contenteditable]'
    // Sonner tells its own key beside the name of its region.
    const foreign = (said: string, text = said.replace(/ alt\+T$/, '')) =>
      /\p{L}{2}/u.test(text.replaceAll(/⟦[^⟦⟧]*(?:⟦[^⟦⟧]*⟧[^⟦⟧]*)*⟧/gu, ''))
    // Whom one is, what the product is called, how languages call themselves, sizes: no catalogue holds these.
    const own =
      /^(Posthorn|Alice.*|.*@posthorn\.test|English|Deutsch|日本語|العربية|[A-Z]{1,2}|Ctrl|Shift|Esc|Enter|[\d.,]+ ?\w{1,5})$/u
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = (node.nodeValue ?? '').trim()
      const at = node.parentElement
      if (!at || !text || at.closest(`script, style, ${spare}`) || !seen(at)) continue
      if (foreign(text) && !own.test(text)) found.push(`text: ${text}`)
    }
    for (const at of document.querySelectorAll('[aria-label], [placeholder], [data-tip], [title]')) {
      if (at.closest(spare) || !seen(at)) continue
      for (const name of ['aria-label', 'placeholder', 'data-tip', 'title']) {
        const text = at.getAttribute(name)?.trim() ?? ''
        if (text && foreign(text) && !own.test(text)) found.push(`${name}: ${text}`)
      }
    }
    for (const at of document.querySelectorAll('button, h1, h2, label, legend, [role=menuitem], nav a')) {
      if (at.closest('[role=row]') || !seen(at)) continue
      for (const part of [at, ...at.querySelectorAll('span')])
        if (
          part.clientWidth > 1 &&
          part.scrollWidth > part.clientWidth + 1 &&
          getComputedStyle(part).overflowX !== 'visible'
        )
          found.push(`cut: ${part.textContent}`)
    }
    return [...new Set(found)]
  })

test.describe('in a language longer than English', () => {
  test.use({ locale: 'en-XA' })
  test('every word comes from the catalogue, and none of it is cut', async ({ page, web, system, post }) => {
    test.slow()
    await post.seed('alice', { subject: 'Tea', text: 'Chairs.' })
    await page.goto(`${web.url}/login`)
    await expect(page.getByRole('textbox', { name: /⟦/ }).first()).toBeVisible()
    expect.soft(await strays(page), 'sign-in').toEqual([])
    await page.getByRole('textbox').first().fill(system.users.alice.address)
    await page.getByRole('textbox').nth(1).fill(system.users.alice.password)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('grid').getByRole('row')).toHaveCount(1)
    expect.soft(await strays(page), 'inbox').toEqual([])
    await page.getByRole('grid').getByRole('row').first().click()
    await expect(page.locator('iframe')).toBeVisible()
    expect.soft(await strays(page), 'reader').toEqual([])
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog')).toBeVisible()
    expect.soft(await strays(page), 'help').toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('/')
    await page.getByRole('searchbox').fill('tea')
    await expect(page.getByRole('option').first()).toBeVisible()
    expect.soft(await strays(page), 'suggestions').toEqual([])
    await page.keyboard.press('Enter')
    await expect(page.getByRole('grid').getByRole('row')).toHaveCount(1)
    expect.soft(await strays(page), 'hits').toEqual([])
    for (const path of [
      'settings/appearance',
      'settings/writing',
      'settings/identities',
      'settings/templates',
      'settings/folders',
      'settings/labels',
      'settings/notifications',
      'settings/privacy',
      'contacts',
      'contacts?id=new',
      'outbox',
      'nowhere',
    ]) {
      await page.goto(`${web.url}/${path}`)
      await expect(
        page
          .getByRole('heading', { level: 1 })
          .or(page.getByRole('heading', { level: 2 }))
          .first(),
      ).toBeVisible()
      expect.soft(await strays(page), path).toEqual([])
    }
    await page.goto(`${web.url}/mail/0/inbox`)
    await expect(page.getByRole('grid').getByRole('row')).toHaveCount(1)
    await page.keyboard.press('c')
    await expect(page.getByRole('textbox', { name: /⟦Mésságe|⟦Méssagé|⟦Mé/ }).first()).toBeVisible()
    expect.soft(await strays(page), 'composer').toEqual([])
  })
})
