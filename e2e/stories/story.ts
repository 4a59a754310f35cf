// What a story starts from: a mail system and a web process per worker, empty mailboxes per story, and second
// connections that seed and verify behind the web app's back.
import { test as base, expect, type Page } from '@playwright/test'
import type { SendMailOptions } from 'nodemailer'
import { drawn } from '../lots'
import { startMailSystem, type MailSystem, type TestUser } from '../servers'
import { openMailbox, type Mailbox } from '../servers/mailbox'
import { manyLetters } from '../servers/maildir'
import type { Web } from '../servers/web'
import { startWeb } from './behind'
import { letter } from './letters'

export interface StoryOptions {
  kind: MailSystem['kind']
  /** How many lie in alice's inbox before anything is started. */
  letters: number
  system: MailSystem
  web: Web
}

/** A very full mailbox; `npm run test:long -- huge` asks for more. */
export const many = Number(process.env.POSTHORN_STORY_MESSAGES ?? 3000)

/** How often speed is measured; `npm run test:long -- composer-speed` asks for more. */
export const speedRounds = Number(process.env.POSTHORN_STORY_ROUNDS ?? 1)

/** The language axe looks at beside English (playwright.config.ts); `npm run test:long -- axe` asks for all of them. */
export const axeWalks = process.env.POSTHORN_STORY_LANGUAGE as 'de' | 'ja' | 'ar' | 'all'

/** Of `npm test`, which draws lots; whoever asks for stories by name has none, and is told all of them. */
export const storySeed = process.env.POSTHORN_STORY_SEED

/** As many as a run that draws lots takes of these. */
export const some = <T extends string>(things: readonly T[], count: number): readonly T[] =>
  storySeed ? drawn(things, { seed: storySeed, count }) : things

/** What axe looks at in that language: a third of the rest. */
export const axeRest = storySeed ? (some(['filing', 'searching', 'pages'], 1)[0] ?? 'rest') : 'rest'

type Person = keyof MailSystem['users']

export interface Post {
  of(person: Person): Promise<Mailbox>
  /** Puts a letter into a mailbox; tells its subject. */
  seed(person: Person, parts: SendMailOptions & { flags?: string[]; folder?: string }): Promise<string>
}

const standing = new Set(['INBOX', 'Sent', 'Drafts', 'Archive', 'Junk', 'Trash'])

const emptyOut = async ({ client, folders }: Mailbox) => {
  for (const folder of await folders()) {
    const lock = await client.getMailboxLock(folder)
    if (client.mailbox && client.mailbox.exists > 0) await client.messageDelete('1:*')
    lock.release()
  }
  await client.mailboxClose()
  for (const folder of await folders()) if (!standing.has(folder)) await client.mailboxDelete(folder)
}

export const test = base.extend<{ post: Post }, StoryOptions>({
  // A fault in the page fails the story it happened in, whatever the screen still shows.
  page: async ({ page }, hand) => {
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.stack ?? error.message))
    // What the page's own policy stopped is a fault too; the policies of messages and attachments stop on purpose.
    await page.addInitScript(() => {
      if (window !== window.top) return
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) =>
        console.error(`stopped by policy: ${effectiveDirective} ${blockedURI} ${sample}`),
      )
    })
    page.on('console', (said) => {
      if (said.text().startsWith('stopped by policy: ')) faults.push(said.text())
    })
    await hand(page)
    expect(faults).toEqual([])
  },
  kind: ['posthorn', { option: true, scope: 'worker' }],
  letters: [0, { option: true, scope: 'worker' }],
  system: [
    async ({ kind, letters }, hand) => {
      const system = await startMailSystem(kind, letters > 0 ? { letters: manyLetters(letters) } : {})
      await hand(system)
      await system.stop()
    },
    { scope: 'worker', timeout: 300_000 },
  ],
  web: [
    async ({ system }, hand) => {
      const web = await startWeb(system)
      await hand(web)
      await web.stop()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  post: async ({ system }, hand) => {
    const open = new Map<Person, Mailbox>()
    const of = async (person: Person) => {
      const known = open.get(person)
      if (known) return known
      const mailbox = await openMailbox(system, system.users[person])
      open.set(person, mailbox)
      await emptyOut(mailbox)
      return mailbox
    }
    const seed: Post['seed'] = async (person, { flags, folder, ...parts }) => {
      const mailbox = await of(person)
      const date = parts.date ? new Date(parts.date) : undefined
      await mailbox.append({ folder, flags, date, raw: await letter(parts) })
      return parts.subject ?? ''
    }
    // What an earlier story sent may still be on its way, and would be counted in this one.
    await expect.poll(() => system.inTransit?.() ?? 0).toBe(0)
    for (const person of ['alice', 'bob'] as const) await of(person)
    await hand({ of, seed })
    for (const mailbox of open.values()) await mailbox.close()
  },
})

export { expect }

/** As a person does it. Gives the page with the inbox on it. */
export const signInByForm = async (page: Page, web: Pick<Web, 'url'>, user: TestUser): Promise<void> => {
  await page.goto(`${web.url}/login`)
  await page.getByRole('textbox', { name: 'Email address' }).fill(user.address)
  await page.getByRole('textbox', { name: 'Password' }).fill(user.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('navigation', { name: 'Mailboxes' })).toBeVisible()
  await listed(page)
}

/** The same request without its page, which costs every story as much as a message: for stories of something else. */
export const signIn = async (page: Page, web: Pick<Web, 'url'>, user: TestUser): Promise<void> => {
  const { address, password } = user
  const asked = { headers: { 'x-posthorn': '1' }, data: { address, password } }
  const answer = await page.context().request.post(`${web.url}/api/session`, asked)
  expect(answer.status()).toBeLessThan(300)
  await page.goto(`${web.url}/mail/0/inbox`)
  await expect(page.getByRole('navigation', { name: 'Mailboxes' })).toBeVisible()
  await listed(page)
}

/** How long a sent message waits for Undo; 0 where the story is about something else. */
export const sendAfter = async (seconds: number, page: Page, web: Pick<Web, 'url'>): Promise<void> => {
  const change = async ({ url, undoSeconds }: { url: string; undoSeconds: number }) => {
    const headers = { 'content-type': 'application/json', 'x-posthorn': '1' }
    const now = (await (await fetch(url)).json()) as { preferences?: object }
    const next = { ...(now.preferences ?? now), undoSeconds }
    const body = JSON.stringify(now.preferences ? { preferences: next } : next)
    return (await fetch(url, { method: 'PUT', headers, body })).status
  }
  const answer = await page.evaluate(change, { url: `${web.url}/api/preferences`, undoSeconds: seconds })
  expect(answer).toBeLessThan(300)
  await page.reload()
  await listed(page)
}

/** A story that changes how alice looks at her mail, writes it, or whom she knows, leaves everything as the next one expects it. */
export const asUsual = async (page: Page, web: Pick<Web, 'url'>): Promise<void> => {
  const reset = async (api: string) => {
    const headers = { 'content-type': 'application/json', 'x-posthorn': '1' }
    const put = async (path: string, body: string) =>
      (await fetch(`${api}/${path}`, { method: 'PUT', headers, body })).status
    const { contacts } = (await (await fetch(`${api}/contacts`)).json()) as { contacts: { id: string }[] }
    for (const { id } of contacts) await fetch(`${api}/contacts/${id}`, { method: 'DELETE', headers })
    return [
      await put('preferences', '{}'),
      await put('identities', '{"identities":[]}'),
      await put('snippets', '{"snippets":[]}'),
    ]
  }
  expect(await page.evaluate(reset, `${web.url}/api`)).toEqual([200, 200, 200])
}

/** What the server drew is deaf until React has taken it over: its parts, and with its last step the keyboard. */
export const answers = async (page: Page): Promise<void> => {
  await page.waitForFunction(
    () =>
      // There may be no document yet.
      document.querySelector('html[data-keys=all]') !== null &&
      [...document.querySelectorAll('button, input')].every((part) =>
        Object.keys(part).some((key) => key.startsWith('__reactProps')),
      ),
  )
}

/** The list stands there, be it empty, and answers. */
export const listed = async (page: Page): Promise<void> => {
  await expect(list(page).or(page.getByText('Inbox is empty'))).toBeVisible()
  await answers(page)
}

export const list = (page: Page) => page.getByRole('grid', { name: 'Messages' })
export const row = (page: Page, text: string) => list(page).getByRole('row').filter({ hasText: text })
export const reader = (page: Page) => page.getByRole('region', { name: 'Message', exact: true })
export const body = (page: Page) => page.frameLocator('iframe[title="Message body"]').locator('body')
export const folder = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Mailboxes' }).getByRole('link', { name, exact: true })
export const toolbar = (page: Page) => page.getByRole('toolbar', { name: 'Message actions' })
export const said = (page: Page, words: string | RegExp) =>
  page.getByRole('status').filter({ hasText: words }).first()

export const open = async (page: Page, subject: string): Promise<void> => {
  await row(page, subject).click()
  await expect(reader(page).getByRole('heading', { name: subject })).toBeVisible()
}
