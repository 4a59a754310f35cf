// Hostile mail through the real page: sign-in, list, reader, frame, in Chromium, with canaries. No script ran, no
// request left, nothing lies over our interface, nothing navigated, no storage was touched.
import type { Browser, BrowserContext, Page } from '@playwright/test'
import { createTransport, type SendMailOptions } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startMailSystem, type MailSystem } from '@/e2e/servers'
import { browserPath, launchBrowser } from '@/e2e/servers/chromium'
import { openMailbox } from '@/e2e/servers/mailbox'
import { startWeb, type Web } from '@/e2e/servers/web'
import { folderIdOfPath } from '@/lib/model/folder-id'
import { dealt } from '@/e2e/lots'
import { extent, seedOf } from '../testing/settings'
import { hostile } from './testing/hostile'
import { knownFlaws } from './testing/known-flaws'
import {
  hostileBounce,
  hostileFiles,
  hostileInvitation,
  hostileKeyword,
  hostileSearch,
  hostileSubjects,
  hostileText,
  markup,
} from './testing/known-fields'

const seed = seedOf()
console.log(`hostile mail in the page: TEST_SEED=${seed}`)
const perMessage = 25
// All of them, one message each, where time is no matter: npm run test:long -- hostile. Else what others had to mend, and
// a third of everything else.
const oneByOne = extent() === 'all'
const bounded = hostile.filter(({ html }) => html.length < 20_000)
const own = bounded.filter((one) => !knownFlaws.includes(one))
const shown = oneByOne
  ? bounded
  : [...knownFlaws, ...(dealt(own, { seed, hands: 3, nameOf: ({ name }) => name })[0] ?? [])]

const base64 = (text: string) =>
  Buffer.from(text)
    .toString('base64')
    .replace(/.{1,76}/g, '$&\r\n')

/** Each fragment is a part of its own, so that none can hide the next. */
const letterOf = (subject: string, fragments: readonly string[]): string =>
  [
    ...['From: Mallory <mallory@example.org>', 'To: alice@posthorn.test', `Subject: ${subject}`],
    ...['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=next', ''],
    ...fragments.flatMap((html) => [
      ...['--next', 'Content-Type: text/html; charset=utf-8', 'Content-Transfer-Encoding: base64', ''],
      base64(html),
    ]),
    '--next--',
    '',
  ].join('\r\n')

const press = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
const composed = async (parts: SendMailOptions): Promise<Buffer> =>
  (await press.sendMail({ from: 'mallory@example.org', to: 'alice@posthorn.test', ...parts }))
    .message as Buffer

interface Seen {
  scripts: string[]
  requests: string[]
  faults: string[]
}

const watched = async (context: BrowserContext, ours: string): Promise<{ page: Page; seen: Seen }> => {
  const seen: Seen = { scripts: [], requests: [], faults: [] }
  const page = await context.newPage()
  await page.exposeBinding('ran', (_, where: string) => void seen.scripts.push(where))
  page.on('request', (request) => {
    const url = request.url()
    if (!/^(data|blob):/.test(url) && new URL(url).origin !== ours) seen.requests.push(url)
  })
  page.on('popup', (popup) => void seen.faults.push(`popup ${popup.url()}`))
  page.on('download', () => void seen.faults.push('download'))
  page.on('dialog', (dialog) => {
    seen.faults.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('pageerror', (error) => void seen.faults.push(error.message))
  return { page, seen }
}

const signIn = async (page: Page, web: Web, { address, password }: { address: string; password: string }) => {
  await page.goto(`${web.url}/login`)
  await page.getByRole('textbox', { name: 'Email address' }).fill(address)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('grid', { name: 'Messages' }).waitFor()
}

const open = async (page: Page, subject: string): Promise<void> => {
  const row = page
    .getByRole('grid', { name: 'Messages' })
    .getByRole('row')
    .filter({ hasText: subject })
    .first()
  await row.scrollIntoViewIfNeeded()
  await row.click()
  await page
    .getByRole('region', { name: 'Message', exact: true })
    .getByRole('heading', { name: subject })
    .waitFor()
}

/** What a script of the mail could have left, and what lies where our interface is. */
const state = (page: Page) =>
  page.evaluate(() => {
    const frame = document.querySelector<HTMLIFrameElement>('iframe[title="Message body"]')
    const reader = document.querySelector('section[aria-label="Message"]')
    const [inner, outer] = [frame?.getBoundingClientRect(), reader?.getBoundingClientRect()]
    const covered = [...document.querySelectorAll('nav a, [role=toolbar] button, header button')].filter(
      (part) => {
        const { left, top, width, height } = part.getBoundingClientRect()
        const over = width > 0 && document.elementFromPoint(left + width / 2, top + height / 2)
        return over instanceof HTMLIFrameElement
      },
    )
    return {
      storage: JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
      cookies: document.cookie,
      covered: covered.length,
      beside: Boolean(inner && outer && (inner.left < outer.left - 1 || inner.right > outer.right + 1)),
      injected: document.querySelectorAll(
        '[onerror],[onload],img[src="x"],svg[onload],script:not([nonce]):not([src])',
      ).length,
    }
  })

/** Without the day they end: the page writes its own anew as time goes by. */
const cookiesOf = async (context: BrowserContext) =>
  (await context.cookies()).map((cookie) => ({ ...cookie, expires: null }))

describe.skipIf(!browserPath)(
  'hostile mail in the real page (skipped where no Chromium is installed)',
  () => {
    let browser: Browser
    let system: MailSystem
    let web: Web
    beforeAll(async () => {
      browser = await launchBrowser()
      system = await startMailSystem('posthorn')
      web = await startWeb(system)
    }, 120_000)
    afterAll(async () => {
      await browser?.close()
      await web?.stop()
      await system?.stop()
    })

    const seed = async (letters: (string | Buffer)[]): Promise<void> => {
      const mailbox = await openMailbox(system, system.users.alice)
      for (const raw of letters) await mailbox.append({ raw, flags: ['\\Seen', hostileKeyword] })
      await mailbox.close()
    }

    const entered = async () => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
      const { page, seen } = await watched(context, new URL(web.url).origin)
      await signIn(page, web, system.users.alice)
      const before = await state(page)
      const cookies = await cookiesOf(context)
      const unharmed = async (path: string) => {
        const { covered, beside, injected, ...kept } = await state(page)
        expect({ covered, beside, injected }).toEqual({ covered: 0, beside: false, injected: 0 })
        expect(kept).toEqual({ storage: before.storage, cookies: before.cookies })
        expect(await cookiesOf(context)).toEqual(cookies)
        expect(seen).toEqual({ scripts: [], requests: [], faults: [] })
        expect(new URL(page.url()).pathname).toContain(path)
      }
      return { context, page, unharmed }
    }

    it(
      `${shown.length} fragments, ${knownFlaws.length} of them flaws of other webmails`,
      async () => {
        const size = oneByOne ? 1 : perMessage
        const messages = Array.from({ length: Math.ceil(shown.length / size) }, (_, at) => ({
          subject: `hostile letter number ${String(at).padStart(4, '0')}`,
          fragments: shown.slice(at * size, (at + 1) * size).map(({ html }) => html),
        }))
        await seed(messages.map(({ subject, fragments }) => letterOf(subject, fragments)))
        const { context, page, unharmed } = await entered()
        for (const { subject, fragments } of messages.toReversed()) {
          await open(page, subject)
          const body = page.frameLocator('iframe[title="Message body"]')
          // Nothing may be left of a fragment that stands alone.
          await body.locator('body[data-ph-kind]').waitFor({ state: 'attached' })
          if (fragments.length > 1)
            await expect.poll(() => body.locator('.ph-part').count()).toBe(fragments.length)
          await unharmed('/mail/0/inbox')
        }
        await context.close()
      },
      oneByOne ? 3_600_000 : 180_000,
    )

    it('subjects, names, files, folders, calendars and plain text are words', async () => {
      const letters = await Promise.all([
        ...hostileSubjects.map((subject) =>
          composed({ from: { name: markup, address: 'mallory@example.org' }, subject, text: hostileText }),
        ),
        composed({
          subject: 'six files',
          text: 'x',
          attachments: hostileFiles.map((file) => ({ ...file, content: markup })),
        }),
        composed({
          subject: 'one invitation',
          text: 'x',
          icalEvent: { method: 'REQUEST', content: hostileInvitation },
        }),
      ])
      await seed([...letters, hostileBounce])
      const mailbox = await openMailbox(system, system.users.alice)
      await mailbox.client.mailboxCreate(`Folder ${markup}`)
      await mailbox.close()
      const { context, page, unharmed } = await entered()
      const reader = page.getByRole('region', { name: 'Message', exact: true })
      for (const subject of [...hostileSubjects, 'six files', 'one invitation', 'one bounce']) {
        await open(page, subject)
        await page.frameLocator('iframe[title="Message body"]').locator('body[data-ph-kind]').waitFor()
        await unharmed('/mail/0/inbox')
        if (subject === 'six files')
          await expect
            .poll(() => reader.getByRole('list', { name: 'Attachments' }).getByRole('listitem').count())
            .toBe(hostileFiles.length)
        if (subject === 'one bounce') await reader.getByText(`Lost ${markup}`).first().waitFor()
        if (subject === 'one invitation') await reader.getByText(`Summary ${markup}`).first().waitFor()
      }
      await page.getByRole('navigation', { name: 'Mailboxes' }).getByText(`Folder ${markup}`).click()
      await page.waitForURL(/\/mail\/0\/~/)
      await unharmed('/mail/0/~')
      await context.close()
    }, 120_000)

    it('contacts, labels, folders that are gone and the words of errors are words', async () => {
      const { context, page, unharmed } = await entered()
      const kept = await context.request.post(`${web.url}/api/contacts`, {
        headers: { 'x-posthorn': '1', origin: new URL(web.url).origin },
        data: { name: markup, addresses: ['mallory@example.org'], groups: [markup] },
      })
      expect(kept.status()).toBe(200)
      await page.goto(`${web.url}/contacts`)
      await page.getByRole('option').filter({ hasText: markup }).first().click()
      await page.getByRole('heading', { name: markup }).waitFor()
      await unharmed('/contacts')
      await page.goto(`${web.url}/search?q=${encodeURIComponent(hostileSearch)}`)
      await page.getByText('<img src=x').first().waitFor()
      await unharmed('/search')
      await page.goto(`${web.url}/mail/0/${folderIdOfPath(markup)}`)
      await page.getByRole('alert').or(page.getByText('no longer')).first().waitFor()
      await unharmed('/mail/0/~')
      await page.goto(`${web.url}/mail/0/inbox`)
      await page.getByRole('button', { name: 'New message' }).first().click()
      await page.getByRole('combobox', { name: 'To' }).fill('mallory')
      await page.getByRole('option').filter({ hasText: markup }).first().waitFor()
      await unharmed('/mail/0/inbox')
      await context.close()
    }, 120_000)

    it('no string becomes a script or markup in our own pages: nonces, and Trusted Types enforced', async () => {
      const { context, page } = await entered()
      const answer = await context.request.get(page.url())
      const policy = answer.headers()['content-security-policy'] ?? ''
      expect(policy).toMatch(/script-src 'self' 'nonce-[\w-]{36}' 'strict-dynamic';/)
      expect(policy).toContain("require-trusted-types-for 'script'")
      expect(policy).not.toMatch(/script-src[^;]*'unsafe/)
      const tried = await page.evaluate(() => {
        const box = document.createElement('div')
        const caught = (attempt: () => void) => {
          try {
            attempt()
            return 'done'
          } catch (error) {
            return (error as Error).name
          }
        }
        const script = document.createElement('script')
        return [
          caught(() => (box.innerHTML = '<b>x</b>')),
          caught(() => new DOMParser().parseFromString('<b>x</b>', 'text/html')),
          caught(() => (script.src = 'https://canary.invalid/x.js')),
          caught(() => (script.text = 'ran()')),
          caught(() => document.body.setAttribute('onclick', 'ran()')),
        ]
      })
      expect(tried).toEqual(Array(5).fill('TypeError'))
      await context.close()
    })
  },
)
