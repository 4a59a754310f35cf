import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openMailbox, type Mailbox, type Seen } from '../../e2e/servers/mailbox'
import { startPosthorn, type PosthornSystem } from '../../e2e/servers/posthorn'
import { repository } from '../../e2e/servers/repository'
import { launch } from '../../e2e/servers/running'
import { visitorOf } from '../../e2e/servers/visitor'
import { startWeb, type Web } from '../../e2e/servers/web'

// A backup taken while mail is delivered, flagged and moved; then another installation that knows nothing but it.

const place = mkdtempSync(join(tmpdir(), 'posthorn-backup-'))
const copy = join(place, 'monday')
let system: PosthornSystem
let web: Web
let mailbox: Mailbox
beforeAll(async () => {
  system = await startPosthorn()
  web = await startWeb(system, { env: { POSTHORN_HOME: system.home } })
  mailbox = await openMailbox(system, system.users.alice)
}, 60_000)
afterAll(async () => {
  await mailbox?.close()
  await web?.stop()
  await system?.stop()
  rmSync(place, { recursive: true, force: true })
})

const posthorn = async (args: string[]) => {
  const env = { POSTHORN_HOME: system.home }
  const program = launch({
    command: process.execPath,
    args: ['bin/posthorn.mjs', ...args],
    cwd: repository,
    env,
  })
  return { code: await program.exited, says: program.output() }
}

const raw = (subject: string) => `From: a@posthorn.test\r\nSubject: ${subject}\r\n\r\nHello\r\n`
const validity = async (box: Mailbox, folder: string) => {
  const status = await box.client.status(folder, { uidValidity: true })
  return status && status.uidValidity
}
const sorted = (seen: Seen[]) => seen.map(({ flags, ...rest }) => ({ ...rest, flags: flags.toSorted() }))

it('is whole: same mail, same UIDs, same contacts, though everything moved meanwhile', async () => {
  await mailbox.client.mailboxCreate('Kept')
  for (let at = 0; at < 60; at++)
    await mailbox.append({
      raw: raw(`old ${at}`),
      folder: at % 3 ? 'Kept' : 'INBOX',
      flags: at % 2 ? ['\\Seen'] : [],
    })
  // Holes in the UIDs, which counting anew would close.
  await mailbox.client.mailboxOpen('Kept')
  await mailbox.client.messageDelete('3,7', { uid: true })
  const kept = sorted(await mailbox.list('Kept'))
  const uidValidity = await validity(mailbox, 'Kept')
  const visitor = visitorOf(web)
  await visitor.signIn(system.users.alice)
  const carol = { name: 'Carol', addresses: ['carol@posthorn.test'] }
  expect((await visitor.call('POST', '/contacts', carol)).status).toBe(200)
  const contacts = (await visitor.call('GET', '/contacts')).text

  let going = true
  const load = (async () => {
    for (let at = 0; going; at++) {
      const uid = await mailbox.append({ raw: raw(`new ${at}`) })
      await mailbox.client.mailboxOpen('INBOX')
      await mailbox.client.messageFlagsAdd(String(uid), ['\\Flagged'], { uid: true })
      if (at % 5 === 0) await mailbox.client.messageMove(String(uid), 'Archive', { uid: true })
    }
  })()
  const backup = await posthorn(['backup', copy])
  going = false
  await load
  expect([backup.code, backup.says]).toEqual([0, expect.stringMatching(/holds \d+ messages, \d+ databases/)])

  const restored = await startPosthorn({
    users: [],
    prepare: (home) => cpSync(copy, home, { recursive: true }),
  })
  const there = await startWeb(restored, { env: { POSTHORN_HOME: restored.home } })
  const second = await openMailbox(restored, system.users.alice)
  try {
    expect(sorted(await second.list('Kept'))).toEqual(kept)
    expect(await validity(second, 'Kept')).toBe(uidValidity)
    const subjects = (await second.list('INBOX')).map(({ subject }) => subject)
    for (let at = 0; at < 60; at += 3) expect(subjects).toContain(`old ${at}`)
    // The session came with it: its cookie opens the restored one.
    const headers = { cookie: visitor.cookie() }
    expect((await visitorOf(there).call('GET', '/contacts', undefined, headers)).text).toBe(contacts)
    expect((await second.append({ raw: raw('after') })) > 0).toBe(true)
  } finally {
    await second.close()
    await there.stop()
    await restored.stop()
  }
}, 60_000)

it('never writes over a backup, nor into the data folder', async () => {
  expect(await posthorn(['backup', copy])).toMatchObject({
    code: 1,
    says: expect.stringContaining('is there already'),
  })
  const inside = await posthorn(['backup', join(system.home, 'copy')])
  expect(inside).toMatchObject({ code: 1, says: expect.stringContaining('lies in the data folder') })
  expect(existsSync(join(system.home, 'copy.unfinished'))).toBe(false)
  expect((await posthorn(['backup'])).code).toBe(64)
})

it('an older Posthorn says in a sentence that it does not open a newer one’s data', async () => {
  const home = join(place, 'newer')
  cpSync(copy, home, { recursive: true })
  const database = new Database(join(home, 'posthorn.db'))
  database.prepare("insert into kysely_migration values ('9999-tomorrow', '2030')").run()
  database.close()
  const env = { POSTHORN_HOME: home, POSTHORN_WEB_PORT: '0', NODE_ENV: 'production' }
  const program = launch({ command: process.execPath, args: ['dist/web.mjs'], cwd: repository, env })
  expect(await program.exited).toBe(1)
  expect(program.output()).toMatch(
    /^posthorn: .* was used by a newer Posthorn \(it has step 9999-tomorrow\)/m,
  )
})
