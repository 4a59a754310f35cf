// How soon a composer can be typed into, and how soon a letter stands there, with 200 KB of history quoted below.
// `npm run test:long -- composer-speed` counts many rounds and holds the numbers; here one round holds that it works.
// The clock on the wall is the machine's as much as ours; what the page's thread worked is ours alone.
import { randomBytes } from 'node:crypto'
import type { Page } from '@playwright/test'
import { simpleParser } from 'mailparser'
import { idleMegabytes, megabytes } from '../servers/memory'
import { asUsual, expect, open, reader, said, sendAfter, signIn, speedRounds, test } from './story'

// What a trace writes down after each key is more work than the key.
test.use({ trace: 'off' })

const historyBytes = 200_000
const sentence = 'The plan is to meet at four, have tea and look at the drawings again. '
/** A hundred and more where numbers are held. */
const keys = speedRounds > 1 ? sentence.repeat(2) : sentence.slice(0, 36)
const composer = (page: Page) => page.locator('[data-scope=composer]')

const entry = (n: number) => `<p>On Monday, Person ${n} wrote:</p><blockquote>
<p>Dear all, <b>here</b> is part ${n}. ${'We looked at the numbers of last week and talked about them. '.repeat(8)}</p>
<ul><li>First of ${n}</li><li>Second, <a href="https://example.org/${n}">with a link</a></li></ul>
<table><tr><td>Place ${n}</td><td>Ostrava</td></tr><tr><td>Price</td><td>${n * 7} EUR</td></tr></table>
<p><span style="color:#1d4ed8">${'Kind regards and see you there. '.repeat(10)}</span></p>`

/** A conversation in which everybody quotes everything, until it is as long as asked. */
const history = (): string[] => {
  const parts: string[] = []
  for (let n = 1, size = 0; size < historyBytes; n++) size += parts[parts.push(entry(n)) - 1]!.length
  // Ten deep, and then beside each other: no client quotes two hundred deep.
  return parts.map((part, at) => (at % 10 === 9 ? part + '</blockquote>'.repeat(10) : part))
}

interface Ready {
  painted: number
  worked: number
}

/** From the click to the frame in which what was typed would stand in the composer. */
const readyAfter = async (page: Page, click: () => Promise<void>): Promise<Ready> => {
  const work = await workOf(page)
  const before = await work()
  const waiting = await page.evaluateHandle(() => {
    const painted = (done: () => void) =>
      requestAnimationFrame(() => {
        const after = new MessageChannel()
        after.port1.onmessage = done
        after.port2.postMessage(0)
      })
    const ready = new Promise<number>((done) => {
      let start = 0
      addEventListener('click', ({ timeStamp }) => (start = timeStamp), { capture: true, once: true })
      const look = ({ target }: FocusEvent) => {
        if (!(target instanceof Element) || !target.closest('[data-scope=composer]')) return
        removeEventListener('focusin', look)
        painted(() => done(performance.now() - start))
      }
      addEventListener('focusin', look)
    })
    return { ready }
  })
  await click()
  const painted = await waiting.evaluate(({ ready }) => ready)
  return { painted: Math.round(painted), worked: Math.round((await work()) - before) }
}

/** How long the page's thread has worked, in milliseconds of processor time. */
const workOf = async (page: Page): Promise<() => Promise<number>> => {
  const inside = await page.context().newCDPSession(page)
  await inside.send('Performance.enable', { timeDomain: 'threadTicks' })
  return async () => {
    const { metrics } = await inside.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000
  }
}

interface Typed {
  /** From each key to the end of the frame in which its letter stands, on the wall's clock. */
  painted: number[]
  /** All that was worked until the next key: the letter, its frame, and what is kept and saved meanwhile. */
  worked: number[]
}

const typed = async (page: Page, words = keys): Promise<Typed> => {
  const seen = await page.evaluateHandle(() => {
    const painted: number[] = []
    const onKey = ({ timeStamp }: KeyboardEvent) =>
      requestAnimationFrame(() => {
        const after = new MessageChannel()
        after.port1.onmessage = () => painted.push(performance.now() - timeStamp)
        after.port2.postMessage(0)
      })
    addEventListener('keydown', onKey, true)
    return { painted, stop: () => removeEventListener('keydown', onKey, true) }
  })
  const work = await workOf(page)
  const worked: number[] = []
  let before = await work()
  for (const key of words) {
    await page.keyboard.type(key, { delay: 45 })
    const now = await work()
    worked.push(now - before)
    before = now
  }
  const painted = await seen.evaluate(({ painted, stop }) => {
    stop()
    return painted
  })
  return { painted, worked }
}

const part = (of: readonly number[], share: number): number => {
  const sorted = of.toSorted((a, b) => a - b)
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10
}

const floor = async (page: Page): Promise<Typed> => {
  const bare = await page.context().newPage()
  await bare.setContent('<div contenteditable autofocus style="height:200px"></div>')
  await bare.locator('div').click()
  const numbers = await typed(bare)
  await bare.close()
  return numbers
}

const fold = (page: Page) => composer(page).getByRole('button', { name: 'Show the earlier messages' })

const discarded = async (page: Page): Promise<void> => {
  await composer(page).getByRole('button', { name: 'Discard' }).click()
  await expect(composer(page)).toHaveCount(0)
}

/** Standing still or not, what is quoted is part of the text: for the pointer, the keys, undo and what is selected. */
const isOneText = async (page: Page, length: number): Promise<void> => {
  const text = page.getByRole('textbox', { name: 'Message', exact: true })
  const still = text.locator('.still')
  const isStill = (count: 0 | 1) => expect(still).toHaveCount(count)
  const first = text.getByText('part 1. We looked')
  await isStill(1)
  // To where it was pressed, by a pointer that was seen coming or not.
  await first.click({ position: { x: 4, y: 8 } })
  await page.keyboard.type('HERE ')
  await isStill(0)
  await expect(first).toContainText('HERE ')
  await page.keyboard.press('Control+z')
  await expect(first).not.toContainText('HERE ')
  await page.keyboard.press('Control+Home')
  await page.keyboard.type('A')
  await isStill(1)
  // Step by step out of one's own words into it, and by a leap to its very end, which is in sight then.
  await text.locator('.attribution').click()
  await isStill(1)
  await page.keyboard.press('ArrowDown')
  await isStill(0)
  await page.keyboard.press('Home')
  await page.keyboard.press('Shift+End')
  const selected = () => page.evaluate(() => getSelection()?.toString() ?? '')
  await expect.poll(selected).toContain('On Monday, Person 1 wrote')
  await page.keyboard.press('Control+End')
  await expect.poll(() => caretIsInSight(page)).toBe('in sight')
  await page.keyboard.type(' THE END')
  await expect(text).toContainText(/ THE END\s*$/)
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+Home')
  await page.keyboard.type('B')
  await isStill(1)
  // All of it: what is drawn apart is selected and copied with the rest.
  await page.keyboard.press('Control+a')
  const copied = await text.evaluate((editor) => {
    const clipboardData = new DataTransfer()
    editor.dispatchEvent(new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true }))
    return clipboardData.getData('text/plain')
  })
  expect(copied).toContain(`part ${length}.`)
  await page.keyboard.press('ArrowLeft')
}

const caretIsInSight = (page: Page): Promise<'in sight' | 'elsewhere'> =>
  page.evaluate(() => {
    const selection = getSelection()!
    const box = selection.getRangeAt(0).getClientRects()[0]
    const around = document.activeElement!.closest('[data-scope=composer] .overflow-y-auto')
    const place = around?.getBoundingClientRect()
    const middle = box && (box.top + box.bottom) / 2
    return middle && place && middle > place.top && middle < place.bottom ? 'in sight' : 'elsewhere'
  })

test('a composer is ready at once, and a long history below does not hold up typing', async ({
  page,
  web,
  system,
  post,
  kind,
}) => {
  test.setTimeout(120_000 + speedRounds * 150_000)
  const parts = history()
  await post.seed('alice', { subject: 'The whole history', html: parts.join('') })
  await signIn(page, web, system.users.alice)
  await sendAfter(0, page, web)
  const measured = {
    newMessage: [] as Ready[],
    reply: [] as Ready[],
    /** The first words above a long original, which is read meanwhile: what counts is that no key waits for that. */
    arriving: [] as Ready[],
    empty: [] as Ready[],
    history: [] as Ready[],
    /** The same once the history, folded before, was asked for. */
    opened: [] as Ready[],
    /** The machine's own: a key in a bare field of an empty page waits for the screen as well. */
    bare: [] as Ready[],
  }
  // Folded or not, sent before anything could be loaded or not: all of it leaves.
  await open(page, 'The whole history')
  await reader(page).getByRole('button', { name: 'Reply', exact: true }).first().click()
  await expect(composer(page)).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(said(page, 'Message sent')).toBeVisible()
  const bob = await post.of('bob')
  await bob.until('INBOX', (all) => all.length === 1)
  const lock = await bob.client.getMailboxLock('INBOX')
  const raw = await bob.client.fetchOne('*', { source: true })
  lock.release()
  if (!raw || !raw.source) throw new Error('bob has no letter')
  const { html, text } = await simpleParser(raw.source)
  const numbers = parts.map((_, at) => `part ${at + 1}.`)
  expect(numbers.filter((part) => !String(html).includes(part) || !text?.includes(part))).toEqual([])

  const p95 = ({ painted, worked }: Typed): Ready => ({
    painted: part(painted, 0.95),
    worked: part(worked, 0.95),
  })
  for (let round = 0; round < speedRounds; round++) {
    const write = page.getByRole('button', { name: 'New message' }).first()
    measured.newMessage.push(await readyAfter(page, () => write.click()))
    await page.getByRole('textbox', { name: 'Message', exact: true }).click()
    measured.empty.push(p95(await typed(page)))
    await discarded(page)

    const answer = reader(page).getByRole('button', { name: 'Reply', exact: true }).first()
    measured.reply.push(await readyAfter(page, () => answer.click()))
    measured.arriving.push(p95(await typed(page, 'Dear Bob, ')))
    await expect(fold(page)).toBeVisible()
    const long = await typed(page)
    expect(long.painted.length).toBe(keys.length)
    measured.history.push(p95(long))
    await fold(page).click()
    await expect(composer(page)).toContainText(`part ${parts.length}.`)
    measured.opened.push(p95(await typed(page)))
    await expect(composer(page)).toContainText((keys + keys).trim().slice(-40))
    if (round === 0) await isOneText(page, parts.length)
    await discarded(page)
    if (round === 0) measured.bare.push(p95(await floor(page)))
  }
  console.log(`measured on ${kind}: ${JSON.stringify(measured)}`)
  await asUsual(page, web)
})

/** What base64 leaves of the 25 MB that servers take. */
const film = 18 * 1024 * 1024

// By `npm run test:long -- composer-speed`; memory is read as Linux tells it.
if (speedRounds > 1 && process.platform === 'linux')
  test('25 MB go up and out of the browser, seen on their way, and the server stays flat', async ({
    page,
    web,
    system,
    post,
    kind,
  }) => {
    test.setTimeout(300_000)
    await signIn(page, web, system.users.alice)
    await sendAfter(0, page, web)
    const idle = idleMegabytes(web.pid())
    await page.getByRole('button', { name: 'New message' }).first().click()
    await page.getByRole('combobox', { name: 'To', exact: true }).fill(system.users.bob.address)
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: 'Subject' }).fill('Film')
    // As on a home's line: on loopback nobody could see it go.
    const inside = await page.context().newCDPSession(page)
    const line = { offline: false, latency: 5, downloadThroughput: -1, uploadThroughput: 6_000_000 }
    await inside.send('Network.emulateNetworkConditions', line)
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Attach files' }).click()
    await (await choosing).setFiles({ name: 'film.bin', mimeType: 'video/mp4', buffer: randomBytes(film) })
    const bar = page.getByRole('progressbar', { name: 'film.bin' })
    await expect(bar).toBeVisible()
    const seen = new Set<string | null>()
    await expect
      .poll(
        async () => {
          if ((await bar.count()) > 0)
            seen.add(await bar.getAttribute('aria-valuenow', { timeout: 500 }).catch(() => null))
          return bar.count()
        },
        { timeout: 120_000, intervals: [50] },
      )
      .toBe(0)
    const up = megabytes(web.pid(), 'VmHWM') - idle
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(said(page, 'Message sent')).toBeVisible({ timeout: 60_000 })
    const bob = await post.of('bob')
    await bob.until('INBOX', (all) => all.length === 1, 60_000)
    const out = megabytes(web.pid(), 'VmHWM') - idle
    console.log(
      `film on ${kind}: ${JSON.stringify({ idle: Math.round(idle), up: Math.round(up), out: Math.round(out), steps: seen.size })}`,
    )
    expect(seen.size).toBeGreaterThan(3)
  })
