// What an administrator sees of a running web process: one that begins with the database of the first version.
import { readFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startMailSystem, type MailSystem } from '../e2e/servers/index'
import { freePort } from '../e2e/servers/ports'
import { repository } from '../e2e/servers/repository'
import { visitorOf } from '../e2e/servers/visitor'
import { startWeb, type Web } from '../e2e/servers/web'

describe('operations', () => {
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
    system = await startMailSystem('posthorn')
    const env = { POSTHORN_METRICS_PORT: String(port), POSTHORN_SEARCHES_PER_MINUTE: '2' }
    web = await startWeb(system, { env: { ...env, POSTHORN_DATABASE: database } })
  }, 120_000)
  afterAll(async () => {
    await web?.stop()
    await system?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

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
})
