// Every action of the registry by the keyboard alone, and by touch alone. Generated from the registry: one that is new
// has a key or stands in the palette; by touch it stands in the palette, or its way is told here. A run that draws lots
// goes each way with a half of them, so that every action is reached in every run.
import type { Page } from '@playwright/test'
import type { App } from '../../lib/client/app'
import type { Command } from '../../lib/client/commands/registry'
import { words } from '../../lib/i18n/en'
import { dealt } from '../lots'
import { finger } from './finger'
import { everyAction, type From, type Outcome, outcomes } from './outcomes'
import { expect, folder, listed, type Post, reader, row, signIn, storySeed, test, toolbar } from './story'

/** Enough for all that leave the list, and for going on to the next with each. */
const letters = 60

const seed = async ({ of }: Post) => {
  const alice = await of('alice')
  const put = (subject: string, more = '') =>
    alice.append({
      flags: ['\\Seen'],
      date: new Date(),
      raw: `From: Bob Marsh <bob@posthorn.test>\nTo: alice@posthorn.test, Carol <carol@posthorn.test>\n${more}Subject: ${subject}\n\nWords\n`,
    })
  for (let n = 0; n < letters; n++) await put(`Letter ${n}`)
  await put('List news', 'List-Id: <talk.posthorn.test>\nList-Post: <mailto:talk@posthorn.test>\n')
}

/** As it is called where nothing is open. */
const nowhere = { place: () => null } as unknown as App
const nameOf = (command: Command): string => command.label(words, nowhere)

const isInPalette = ({ palette }: Command): boolean => palette !== 'hidden'

/** `$mod+k` and `g i` as Playwright spells them. */
const pressesOf = (keys: string): string[] =>
  keys.split(' ').map((one) => one.replace('$mod', 'Control').replace(/^Shift\+(?=[a-z]$)/, 'Shift+'))

// Neighbours go different ways: Archive and Delete stand next to each other, so Undo has something to undo on both.
const [byKeyboard = [], byTouch = []] = storySeed
  ? dealt(everyAction, { seed: storySeed, hands: 2, nameOf: ({ id }) => id })
  : [everyAction, everyAction]

const everyOne = async (
  commands: readonly Command[],
  how: (command: Command, outcome: Outcome) => Promise<void>,
): Promise<void> => {
  for (const command of commands)
    await test.step(command.id, async () => {
      const outcome = outcomes[command.id]
      if (!outcome) throw new Error(`what ${command.id} does is not told in outcomes.ts`)
      await how(command, outcome)
    })
}

const headingIn = (page: Page) => reader(page).getByRole('heading').first()

test.describe('the keyboard alone', () => {
  const toList = async (page: Page) => {
    // The selection goes first, then the message.
    for (let left = 2; left > 0 && !/inbox$/.test(page.url()); left--) await page.keyboard.press('Escape')
    if (!/inbox$/.test(page.url())) {
      await page.keyboard.press('g')
      await page.keyboard.press('i')
    }
    await expect(page).toHaveURL(/inbox$/)
    await expect(row(page, 'Letter').first()).toBeVisible()
  }
  /** The one below the last, so that there is always one before it. */
  const openNext = async (page: Page) => {
    // A hit that is open is none of the list.
    if (!/inbox(\/[\d-]+)?$/.test(page.url())) await toList(page)
    for (let left = /inbox$/.test(page.url()) ? 2 : 1; left > 0; left--) {
      const before = page.url()
      const last = (await headingIn(page).count()) > 0 ? await headingIn(page).innerText() : ''
      await page.keyboard.press('j')
      await expect(page).not.toHaveURL(before)
      // The address is there before the message, and opening it is what marks it read.
      await expect(headingIn(page)).toBeVisible()
      if (last) await expect(headingIn(page)).not.toHaveText(last)
    }
    await expect(headingIn(page)).toContainText('Letter')
    await expect(toolbar(page).getByRole('button', { name: 'Mark as unread' })).toBeVisible()
  }
  const begin: Record<From, (page: Page) => Promise<void>> = {
    list: toList,
    message: openNext,
    row: async (page) => {
      await openNext(page)
      await page.keyboard.press('Escape')
      await expect(page).toHaveURL(/inbox$/)
    },
    unread: async (page) => {
      await openNext(page)
      await page.keyboard.press('u')
      await expect(toolbar(page).getByRole('button', { name: 'Mark as read' })).toBeVisible()
    },
    selection: async (page) => {
      await begin.row(page)
      await page.keyboard.press('x')
    },
    search: async (page) => {
      await page.keyboard.press('/')
      await page.keyboard.type('letter')
      await page.keyboard.press('Enter')
      await expect(row(page, 'Letter').first()).toBeVisible()
    },
    'list news': async (page) => {
      await page.keyboard.press('/')
      await page.keyboard.type('news')
      await page.keyboard.press('Enter')
      await expect(row(page, 'List news')).toBeVisible()
      await page.keyboard.press('j')
      await expect(headingIn(page)).toContainText('List news')
    },
  }
  const fromPalette = async (page: Page, name: string) => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type(name)
    const option = page.getByRole('group', { name: 'Commands' }).getByRole('option', { name })
    await expect(option.first()).toBeVisible()
    for (let left = 20; left > 0 && (await option.first().getAttribute('aria-selected')) !== 'true'; left--)
      await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
  }

  test('reaches every action', async ({ page, web, system, post }) => {
    test.slow()
    await seed(post)
    await signIn(page, web, system.users.alice)
    for (const command of everyAction)
      expect(command.keys.length > 0 || isInPalette(command), `${command.id}: a key, or in the palette`).toBe(
        true,
      )
    await everyOne(byKeyboard, async (command, { from, seen }) => {
      await begin[from](page)
      const [keys] = command.keys
      await seen(page, async () => {
        if (!keys) return fromPalette(page, nameOf(command))
        for (const press of pressesOf(keys)) await page.keyboard.press(press)
      })
      await page.keyboard.press('Escape')
    })
  })
})

test.describe('touch alone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  const button = (page: Page, name: string) =>
    page.getByRole('button', { name, exact: true }).filter({ visible: true })
  const toList = async (page: Page) => {
    for (const name of ['Close', 'Save and close', 'Clear selection', 'Back to the list', 'Leave the search'])
      while ((await button(page, name).count()) > 0) await button(page, name).first().tap()
    if (!/inbox$/.test(page.url())) await fromRail(page, 'Inbox')
    await expect(row(page, 'Letter').first()).toBeVisible()
  }
  const fromRail = async (page: Page, name: string) => {
    await button(page, 'Show mailboxes').tap()
    await folder(page, name).tap()
  }
  const openFirst = async (page: Page) => {
    await toList(page)
    // The second, so that there is one before it.
    await row(page, 'Letter').nth(1).tap()
    await expect(headingIn(page)).toContainText('Letter')
    await expect(toolbar(page).getByRole('button', { name: 'Mark as unread' })).toBeVisible()
  }
  const hold = async (page: Page) => {
    const touch = await finger(page, row(page, 'Letter').nth(1))
    await expect(page.getByRole('toolbar', { name: 'Selected messages' })).toBeVisible()
    await touch.lift()
  }
  const look = async (page: Page, text: string) => {
    await button(page, 'Search mail').tap()
    await page.getByRole('searchbox', { name: 'Search mail' }).fill(text)
  }
  type Way = (page: Page, name: string) => Promise<void>
  const fromToolbar: Way = (page, name) => toolbar(page).getByRole('button', { name, exact: true }).tap()
  const begin: Record<From, (page: Page) => Promise<void>> = {
    list: toList,
    message: openFirst,
    row: toList,
    unread: async (page) => {
      await openFirst(page)
      await fromToolbar(page, 'Mark as unread')
      await expect(toolbar(page).getByRole('button', { name: 'Mark as read' })).toBeVisible()
    },
    selection: async (page) => {
      await toList(page)
      await hold(page)
    },
    search: async (page) => {
      await toList(page)
      await look(page, 'letter')
      await page.getByRole('option').first().tap()
      await expect(row(page, 'Letter').first()).toBeVisible()
    },
    'list news': async (page) => {
      await toList(page)
      await row(page, 'List news').tap()
      await expect(headingIn(page)).toContainText('List news')
    },
  }

  const fromMenu: Way = async (page, name) => {
    await button(page, 'More').first().tap()
    await page.getByRole('menuitem', { name, exact: true }).tap()
  }
  const fromAnswers: Way = (page, name) => reader(page).getByRole('button', { name, exact: true }).tap()
  const fromPalette: Way = async (page, name) => {
    await look(page, name)
    await page.getByRole('group', { name: 'Commands' }).getByRole('option', { name }).first().tap()
  }
  const fold =
    (nth: number): Way =>
    (page) =>
      row(page, 'Letter').nth(nth).tap()
  const pull: Way = async (page) => {
    const touch = await finger(page, row(page, 'Letter').first())
    await touch.move(0, 200)
    await expect(page.locator('[data-pull=armed]')).toBeVisible()
    await touch.lift()
  }
  const goTo = Object.fromEntries(
    Object.entries(words.shell.roles).map(([role, name]): [string, Way] => [
      `go-${role}`,
      (page) => fromRail(page, name),
    ]),
  )
  const ways: Record<string, Way> = {
    archive: fromToolbar,
    delete: fromToolbar,
    junk: fromToolbar,
    'mark-unread': fromToolbar,
    'mark-read': fromToolbar,
    move: fromToolbar,
    label: fromToolbar,
    star: fromMenu,
    copy: fromMenu,
    'download-eml': fromMenu,
    'download-mbox': fromMenu,
    'download-zip': fromMenu,
    next: fromMenu,
    previous: fromMenu,
    open: fold(0),
    close: (page) => button(page, 'Back to the list').tap(),
    refresh: pull,
    'save-search': (page, name) => button(page, name).tap(),
    select: hold,
    'select-down': fold(2),
    'select-up': fold(0),
    'select-all': fromMenu,
    ...goTo,
    palette: (page) => button(page, 'Search mail').tap(),
    compose: (page, name) => button(page, name).tap(),
    reply: fromAnswers,
    'reply-all': fromAnswers,
    'reply-list': fromMenu,
    forward: fromAnswers,
    'edit-as-new': fromMenu,
    redirect: fromMenu,
    print: fromMenu,
  }

  test('reaches every action', async ({ page, web, system, post }) => {
    test.slow()
    await seed(post)
    await page.goto(`${web.url}/login`)
    await page.getByRole('textbox', { name: 'Email address' }).fill(system.users.alice.address)
    await page.getByRole('textbox', { name: 'Password' }).fill(system.users.alice.password)
    await button(page, 'Sign in').tap()
    await listed(page)
    const wayOf = (command: Command) => ways[command.id] ?? (isInPalette(command) ? fromPalette : undefined)
    for (const command of everyAction) expect(wayOf(command), `${command.id}: a way by touch`).toBeDefined()
    await everyOne(byTouch, async (command, { from, seen }) => {
      await begin[from](page)
      await seen(page, async () => wayOf(command)?.(page, nameOf(command)))
    })
  })
})
