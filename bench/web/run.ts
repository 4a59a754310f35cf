// Posthorn beside Roundcube on the same Dovecot and Postfix, one walk of each in turn, so that whatever else
// the machine does falls on both.
import type { Browser } from '@playwright/test'
import { startMailSystem, type MailSystem } from '../../e2e/servers'
import { launchBrowser } from '../../e2e/servers/chromium'
import { openMailbox, type Mailbox } from '../../e2e/servers/mailbox'
import { startWeb } from '../../e2e/servers/web'
import { startRoundcube, whyNoRoundcube } from '../servers/roundcube'
import type { Measured } from '../report'
import { arrival, inFreshContext, posthornWalker, roundcubeWalker, type Walker } from './journeys'

export interface WebBench {
  messages: number
  rounds: number
}

const SHOWN = 12

const fill = async (mailbox: Mailbox, messages: number) => {
  const padding = 'Some words that a letter is made of. '.repeat(40)
  for (let n = 0; n < messages; n++)
    await mailbox.append({
      flags: ['\\Seen'],
      raw: `From: Bob Marsh <bob@posthorn.test>\nTo: alice@posthorn.test\nSubject: Letter ${n}\n\nThis is Letter ${n}.\n\n${padding}\n`,
    })
}

/** The undo window is a promise to the writer, not work: it is left out of the comparison. */
const withoutUndo = async (browser: Browser, web: { url: string }, system: MailSystem) =>
  inFreshContext(browser, async (page) => {
    await posthornWalker(web.url).signIn(page, system.users.alice)
    await page.evaluate(async (url) => {
      const headers = { 'content-type': 'application/json', 'x-posthorn': '1' }
      const now = (await (await fetch(url)).json()) as object
      await fetch(url, { method: 'PUT', headers, body: JSON.stringify({ ...now, undoSeconds: 0 }) })
    }, `${web.url}/api/preferences`)
  })

interface Round {
  walker: Walker
  browser: Browser
  system: MailSystem
  bob: Mailbox
  name: string
  round: number
  messages: number
}

const walk = async ({ walker, browser, system, bob, name, round, messages }: Round): Promise<Measured> =>
  inFreshContext(browser, async (page) => {
    const signIn = await walker.signIn(page, system.users.alice)
    const open: number[] = []
    for (let n = 1; n <= 5; n++)
      open.push(await walker.open(page, `Letter ${messages - 1 - ((round * 5 + n) % SHOWN)}`))
    const subject = `${name} round ${round}`
    const sent = await walker.send(page, system.users.bob.address, subject)
    const arrived = await arrival(bob, subject)
    return { 'sign-in to list': [signIn], 'open message': open, 'send to arrival': [arrived - sent] }
  })

const gather = (into: Measured, more: Measured) => {
  for (const [name, values] of Object.entries(more)) (into[name] ??= []).push(...values)
}

const compare = async (
  system: MailSystem,
  walkers: Record<string, Walker>,
  browser: Browser,
  bench: WebBench,
) => {
  const bob = await openMailbox(system, system.users.bob)
  const measured = Object.fromEntries(Object.keys(walkers).map((name): [string, Measured] => [name, {}]))
  // The first round warms caches on both sides and is not counted.
  for (let round = 0; round <= bench.rounds; round++)
    for (const [name, walker] of Object.entries(walkers)) {
      const times = await walk({ walker, browser, system, bob, name, round, messages: bench.messages })
      if (round > 0) gather(measured[name] ?? {}, times)
    }
  await bob.close()
  return measured
}

export const benchWeb = async (bench: WebBench): Promise<Record<string, Measured>> => {
  const system = await startMailSystem('dovecot')
  const why = whyNoRoundcube()
  if (why) console.log(`Roundcube is not measured: ${why}`)
  const alice = await openMailbox(system, system.users.alice)
  await fill(alice, bench.messages)
  await alice.close()
  const web = await startWeb(system)
  const roundcube = why ? null : await startRoundcube(system)
  const browser = await launchBrowser()
  try {
    await withoutUndo(browser, web, system)
    const walkers: Record<string, Walker> = { posthorn: posthornWalker(web.url) }
    if (roundcube) walkers.roundcube = roundcubeWalker(roundcube.url)
    return await compare(system, walkers, browser, bench)
  } finally {
    await browser.close()
    await roundcube?.stop()
    await web.stop()
    await system.stop()
  }
}
