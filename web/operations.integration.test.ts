// What an administrator sees of a running web process: one that begins with the database of the first version.
import { readFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { crowdOf, gather, lettersEach, wished } from '../e2e/servers/crowd'
import { startMailSystem, whyNot, type MailSystem } from '../e2e/servers/index'
import { manyLetters } from '../e2e/servers/maildir'
import { megabytes } from '../e2e/servers/memory'
import { freePort } from '../e2e/servers/ports'
import { repository } from '../e2e/servers/repository'
import { visitorOf } from '../e2e/servers/visitor'
import { startWeb, type Web } from '../e2e/servers/web'

/** Fewer than people, so that some take the place of others; of hundreds, as many as there are usually. */
const mostWorkers = wished.end === 'awaited' ? 400 : 6
// Megabytes of the web process' own pages: what work takes whoever does it, a person's tab, and what is left of them all:
// compiled code, and of each who is signed in the rows and messages they had, until others take their place.
const mostForAny = 150
const mostForEach = 0.6
const mostLeft = 100

const people = crowdOf(wished.people)

describe.skipIf(whyNot(wished.on))('operations', () => {
  let folder: string
  let system: MailSystem
  let web: Web
  let metrics: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'posthorn-operations-'))
    const database = join(folder, 'posthorn.db')
    const first = new Database(database)
    first.exec(readFileSync(join(repository, 'lib/server/user/testing/first-version.sql'), 'utf8'))
    first.close()
    const port = await freePort()
    metrics = `http://127.0.0.1:${port}/metrics`
    system = await startMailSystem(wished.on, { letters: manyLetters(lettersEach), crowd: people })
    const env = {
      POSTHORN_METRICS_PORT: String(port),
      POSTHORN_SEARCHES_PER_MINUTE: '2',
      POSTHORN_IMAP_CONNECTIONS: String(mostWorkers),
    }
    web = await startWeb(system, { env: { ...env, POSTHORN_DATABASE: database } })
  }, 120_000)
  afterAll(async () => {
    await web?.stop()
    await system?.stop()
    rmSync(folder, { recursive: true, force: true })
    // Of hundreds of people there are many files.
  }, 900_000)

  it('an upgraded database is served: what the person chose before is theirs', async () => {
    const visitor = visitorOf(web)
    await visitor.signIn(system.users.alice)
    const { text } = await visitor.call('GET', '/preferences')
    expect(text).toContain('Alice Žižková')
  })

  it('ready tells each part and its time', async () => {
    const answer = await fetch(`${web.url}/api/ready`)
    const part = { ok: true, ms: expect.any(Number) }
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { ready: true, parts: { database: part, imap: part, submission: part } },
    ])
  })

  it('a search too many is refused with a time, and is no search the mail server sees', async () => {
    const visitor = visitorOf(web)
    await visitor.signIn(system.users.bob)
    const search = () => visitor.call('GET', '/accounts/0/search/stream?q=tea')
    const answers = [await search(), await search(), await search()]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429])
    const [, , refused] = answers
    expect(refused?.body()).toMatchObject({ error: { code: 'too-many-requests' } })
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await visitor.call('GET', '/preferences')).status).toBe(200)
  })

  it('metrics count, at their own address alone, and name nobody', async () => {
    await visitorOf(web).signIn({ ...system.users.carol, password: 'wrong' })
    const text = await (await fetch(metrics)).text()
    expect(text).toMatch(/^posthorn_web_sign_ins_total\{outcome="wrong-password"\} 1$/m)
    expect(text).toMatch(/^posthorn_web_sign_ins_total\{outcome="ok"\} \d+$/m)
    expect(text).toMatch(/^posthorn_web_limited_total\{what="search"\} 1$/m)
    expect(text).toMatch(/^posthorn_web_request_seconds_count\{kind="api",method="POST",status="2xx"\} \d+$/m)
    expect(text).toMatch(/^posthorn_web_sessions [1-9]\d*$/m)
    expect(text).toMatch(/^process_resident_memory_bytes \d+$/m)
    expect(text).not.toMatch(/@|alice|bob|carol|posthorn\.test|inbox|tea/i)
    expect((await fetch(`${web.url}/metrics`, { redirect: 'manual' })).status).not.toBe(200)
  })

  /** Of the metrics; of several with labels, their sum. */
  const told = async (name: string): Promise<number> => {
    const text = await (await fetch(metrics)).text()
    const values = [...text.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'gm'))]
    return values.reduce((sum, [, value]) => sum + Number(value), 0)
  }
  const own = () => megabytes(web.pid(), 'RssAnon')

  it(
    `a crowd of ${wished.people}, each with a tab open, is served in bounded memory`,
    { timeout: 1_800_000 },
    async () => {
      const before = own()
      const crowd = await gather(web, people)
      expect(crowd.failures).toEqual([])
      // Nobody typed a wrong password, wherever they came from: fail2ban reads of none.
      expect(web.output()).not.toContain('"reason":"too-many-tries"')
      await expect.poll(() => told('posthorn_web_event_streams'), { timeout: 10_000 }).toBe(wished.people)
      const workers = await told('posthorn_web_imap_workers')
      expect(workers).toBeLessThanOrEqual(mostWorkers)
      expect(await told('posthorn_web_watched_accounts')).toBe(wished.people)
      const most = megabytes(web.pid(), 'VmHWM')
      const measured = {
        before,
        with: own(),
        most,
        workers,
        seconds: crowd.seconds,
        refused: [...crowd.refused],
      }
      expect(own()).toBeLessThanOrEqual(before + mostForAny + wished.people * mostForEach)
      if (wished.end === 'awaited') {
        crowd.leave()
        const left = async () =>
          (await told('posthorn_web_imap_workers')) + (await told('posthorn_web_watched_accounts'))
        await expect.poll(left, { timeout: 15 * 60_000, interval: 2000 }).toBe(0)
        await expect.poll(own, { timeout: 300_000, interval: 500 }).toBeLessThanOrEqual(before + mostLeft)
        console.log(`crowd on ${wished.on}: ${JSON.stringify({ ...measured, after: own() })}`)
      }
      await crowd.signOut()
      expect(crowd.failures).toEqual([])
      await expect.poll(() => told('posthorn_web_event_streams'), { timeout: 10_000 }).toBe(0)
    },
  )
})
