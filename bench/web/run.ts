// Posthorn beside Roundcube on the same Dovecot and Postfix, one walk of each in turn, so that whatever else
// the machine does falls on both.
import type { Browser, Page } from '@playwright/test'
import type { MailSystem, TestUser } from '../../e2e/servers'
import { launchBrowser } from '../../e2e/servers/chromium'
import { startDebian } from '../../e2e/servers/debian'
import { openMailbox, type Mailbox } from '../../e2e/servers/mailbox'
import { manyLetters } from '../../e2e/servers/maildir'
import { startWeb, type Web } from '../../e2e/servers/web'
import { startRoundcube, whyNoRoundcube, type Roundcube } from '../servers/roundcube'
import type { Measured } from '../report'
import { arrival, inFreshContext, posthornWalker, roundcubeWalker, type Walker } from './journeys'
import { benchLoad, posthornSurfer, roundcubeSurfer, type Service } from './load'
import { afterReading, weigh } from './weight'

export interface WebBench {
  messages: number
  rounds: number
  /** Messages that are opened before the tab's memory is looked at. */
  opened: number
  /** People who ask at the same time, each with a mailbox as full. */
  crowd: number
  /** Seconds of asking for each number of people. */
  seconds: number
}

interface Stage {
  system: MailSystem
  browser: Browser
  walkers: Record<string, Walker>
  /** Alice's inbox and Bob's, seen from behind. */
  alice: Mailbox
  bob: Mailbox
  bench: WebBench
  /** How many of the newest were archived by the walks. */
  archived: number
}

/** The undo window is a promise to the writer, not work: it is left out of the comparison. */
const withoutUndo = (page: Page, web: Web) =>
  page.evaluate(async (url) => {
    const headers = { 'content-type': 'application/json', 'x-posthorn': '1' }
    await fetch(url, { method: 'POST', headers, body: JSON.stringify({ undoSeconds: 0 }) })
  }, `${web.url}/api/preferences`)

const subjectAt =
  ({ bench, archived }: Stage) =>
  (place: number) =>
    `Letter ${bench.messages - 1 - archived - place}`

const walk = async (stage: Stage, name: string, round: number): Promise<Measured> => {
  const { system, browser, bob, bench } = stage
  const walker = stage.walkers[name]
  if (!walker) throw new Error(name)
  return inFreshContext({ browser, walker }, async (page) => {
    const at = subjectAt(stage)
    const signIn = await walker.signIn(page, system.users.alice)
    const open: number[] = []
    for (const place of [1, 4, 7]) open.push(await walker.open(page, at(place)))
    await walker.rested(page, at(8))
    const next = await walker.next(page, at(8))
    const star = await page.evaluate((subject) => window.bench.star(subject), at(2))
    const archive = await page.evaluate((subject) => window.bench.archive(subject), at(0))
    stage.archived++
    const place = Math.floor(bench.messages / 2)
    const middle = { place, subject: subjectAt(stage)(place) }
    const jump = await page.evaluate((it) => window.bench.jump(it.place, it.subject), middle)
    const subject = `${name} round ${round}`
    const sent = await walker.send(page, system.users.bob.address, subject)
    const arrived = await arrival(bob, subject)
    return {
      'sign-in to list': [signIn],
      'open message': open,
      'open the next one': [next],
      'jump to the middle': [jump],
      'star, confirmed': [star],
      'archive, confirmed': [archive],
      'send to arrival': [arrived - sent],
    }
  })
}

/** From the moment the server has it to the row on screen. Roundcube looks once a minute. */
const newMail = async ({ system, browser, alice }: Stage, walker: Walker): Promise<number> =>
  inFreshContext({ browser, walker }, async (page) => {
    await walker.signIn(page, system.users.alice)
    const subject = `News ${Date.now()}`
    const seen = page.evaluate((wanted) => window.bench.listed(wanted), subject).then(() => performance.now())
    const raw = `From: Bob Marsh <bob@posthorn.test>\nSubject: ${subject}\n\nThis is ${subject}.\n`
    const uid = await alice.append({ raw })
    const there = performance.now()
    // Who does not show it in time is counted with the whole time.
    const took = (await seen.catch(() => performance.now())) - there
    const lock = await alice.client.getMailboxLock('INBOX')
    await alice.client.messageDelete(String(uid), { uid: true })
    lock.release()
    return took
  })

const gather = (into: Measured, more: Measured) => {
  for (const [name, values] of Object.entries(more)) (into[name] ??= []).push(...values)
}

const weightOf = async (stage: Stage, walker: Walker): Promise<Measured> => {
  const { browser, system, bench } = stage
  const fresh = { browser, walker }
  const wire = await inFreshContext(fresh, (page) => weigh(page, walker, system.users.alice))
  const memory = await inFreshContext(fresh, async (page) => {
    await walker.signIn(page, system.users.alice)
    return afterReading(page, walker, { count: bench.opened, subjectAt: subjectAt(stage) })
  })
  return { ...wire, [`memory after ${bench.opened} messages, MB`]: [memory] }
}

const compare = async (stage: Stage): Promise<Record<string, Measured>> => {
  const measured: Record<string, Measured> = {}
  const note = (name: string, more: Measured) => gather((measured[name] ??= {}), more)
  // The first round warms caches on both sides and is not counted.
  for (let round = 0; round <= stage.bench.rounds; round++)
    for (const name of Object.keys(stage.walkers)) {
      const times = await walk(stage, name, round)
      if (round > 0) note(name, times)
    }
  for (const [name, walker] of Object.entries(stage.walkers))
    for (let round = 0; round < (stage.bench.rounds > 5 ? 3 : 1); round++)
      note(name, { 'new mail shown': [await newMail(stage, walker)] })
  for (const [name, walker] of Object.entries(stage.walkers)) note(name, await weightOf(stage, walker))
  return measured
}

const servicesOf = (system: MailSystem, web: Web, roundcube: Roundcube | null): Record<string, Service> => {
  const ours = { arrive: posthornSurfer(web), groups: [web.pid(), system.group()] }
  if (!roundcube) return { posthorn: ours }
  const theirs = { arrive: roundcubeSurfer(roundcube), groups: [...roundcube.groups, system.group()] }
  return { posthorn: ours, roundcube: theirs }
}

/** The first of them is alice herself. */
const crowdOf = (count: number): TestUser[] =>
  Array.from({ length: count - 1 }, (_, n) => ({
    address: `crowd${n}@posthorn.test`,
    password: 'crowd-secret',
  }))

const walkersOf = (web: Web, roundcube: Roundcube | null): Record<string, Walker> => ({
  posthorn: posthornWalker(web.url),
  ...(roundcube ? { roundcube: roundcubeWalker(roundcube.url) } : {}),
})

export const benchWeb = async (bench: WebBench): Promise<Record<string, Measured>> => {
  const crowd = crowdOf(bench.crowd)
  const system = await startDebian({ letters: manyLetters(bench.messages), crowd })
  const why = whyNoRoundcube()
  if (why) console.log(`Roundcube is not measured: ${why}`)
  const web = await startWeb(system)
  const roundcube = why ? null : await startRoundcube(system)
  const browser = await launchBrowser()
  const [alice, bob] = [
    await openMailbox(system, system.users.alice),
    await openMailbox(system, system.users.bob),
  ]
  try {
    const walkers = walkersOf(web, roundcube)
    await inFreshContext({ browser, walker: posthornWalker(web.url) }, async (page) => {
      await posthornWalker(web.url).signIn(page, system.users.alice)
      await withoutUndo(page, web)
    })
    const measured = await compare({ system, browser, walkers, alice, bob, bench, archived: 0 })
    const users = [system.users.alice, ...crowd]
    const services = servicesOf(system, web, roundcube)
    const load = await benchLoad({ services, users, ...bench, rounds: 3 })
    for (const [name, more] of Object.entries(load)) gather((measured[name] ??= {}), more)
    return measured
  } finally {
    await alice.close()
    await bob.close()
    await browser.close()
    await roundcube?.stop()
    await web.stop()
    await system.stop()
  }
}
