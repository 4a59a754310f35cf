// `posthorn-mail reindex` and `export --dovecot`, as an administrator runs them; the latter judged by a real Dovecot.
import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createStore } from '../../src/store'
import { runVerb } from '../support/process'
import { testEnvironment } from '../support/server'

const address = 'alice@posthorn.test'
const dovecotImap = '/usr/lib/dovecot/imap'
/** Dovecot refuses to serve mail as root. */
const owner = 5000
const whyNot =
  process.getuid?.() !== 0
    ? 'Dovecot is run only as root'
    : existsSync(dovecotImap)
      ? null
      : 'Dovecot is not installed'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'upkeep-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const users = () => join(home, 'mail', 'users')
const maildir = () => join(users(), address, 'Maildir')
const verb = (...args: string[]) => runVerb(testEnvironment(home), args)

interface Box {
  name: string
  uidValidity: number
  uidNext: number
  messages: { uid: number; flags: string[] }[]
}

const withStore = async <T>(job: (store: ReturnType<typeof createStore>) => Promise<T>): Promise<T> => {
  const store = createStore({ folder: users() })
  try {
    return await job(store)
  } finally {
    await store.close()
  }
}

const read = (): Promise<Box[]> =>
  withStore(async (store) => {
    const alice = store.open(address)
    return alice.mailboxes().map(({ id, name, uidValidity, uidNext }) => {
      const messages = alice.rows(id).map(({ uid, flags }) => ({ uid, flags: [...flags].sort() }))
      return { name, uidValidity, uidNext, messages }
    })
  })

/** Gaps in the UIDs, keywords of two mailboxes in different order, unread mail in new/, names that need encoding. */
const fill = () =>
  withStore(async (store) => {
    const alice = store.open(address)
    const letter = (n: number) => Buffer.from(`Subject: ${n}\r\n\r\nletter ${n}\r\n`)
    const inbox = alice.mailbox('INBOX')!.id
    for (let n = 1; n <= 6; n++) await alice.deliver('INBOX', { source: letter(n) })
    await alice.setFlags(inbox, [2, 3], { how: 'add', flags: ['$Work', '\\Seen'] })
    await alice.setFlags(inbox, [3, 5], { how: 'add', flags: ['later', '\\Flagged'] })
    await alice.setFlags(inbox, [1, 4], { how: 'add', flags: ['\\Deleted'] })
    await alice.expunge(inbox, [1, 4])
    for (const [at, name] of ['Archive/2024', 'Кот & Hund', 'Sent'].entries()) {
      const { id } = alice.mailbox(name) ?? alice.create(name)
      await alice.append(id, [{ source: letter(at), flags: ['later', '\\Answered'] }, { source: letter(9) }])
      await alice.copy(inbox, [3], id)
    }
  })

describe('reindex', () => {
  test('the database lost: the same UIDs, flags and keywords', async () => {
    await fill()
    const before = await read()
    for (const name of readdirSync(join(users(), address)))
      if (name !== 'Maildir') rmSync(join(users(), address, name))
    const { code, stdout } = await verb('reindex', address.toUpperCase())
    expect([code, stdout]).toEqual([0, `${address}: 13 messages in 8 mailboxes read again\n`])
    expect(await read()).toEqual(before)
  })
  test('refused beside a running server, for nobody, and without a name', async () => {
    await fill()
    await withStore(async () => {
      expect((await verb('reindex', address)).stderr).toContain('stop the mail server first')
    })
    expect((await verb('reindex', 'nobody@posthorn.test')).stderr).toContain('no such user')
    expect((await verb('export', '--dovecot', 'nobody@posthorn.test')).stderr).toContain('no such user')
    expect((await verb('reindex')).stderr).toContain('usage')
    expect((await verb('export', address)).stderr).toContain('usage')
    expect(readdirSync(users()).filter((name) => name.includes('nobody'))).toEqual([])
  })
})

const configuration = () => `
base_dir = ${home}/run
log_path = /dev/null
ssl = no
mail_location = maildir:${maildir()}
mail_uid = ${owner}
mail_gid = ${owner}
stats_writer_socket_path =
namespace inbox {
  inbox = yes
  separator = /
}
`

const giveTo = (path: string, uid: number): void => {
  chownSync(path, uid, uid)
  for (const name of readdirSync(path, { recursive: true })) chownSync(join(path, String(name)), uid, uid)
}

/** One dialogue with Dovecot's IMAP process, signed in already. */
const dovecot = (commands: string[]): string => {
  writeFileSync(join(home, 'dovecot.conf'), configuration())
  mkdirSync(join(home, 'run'), { recursive: true })
  giveTo(home, owner)
  const lines = [...commands, 'LOGOUT'].map((command, at) => `t${at} ${command}\r\n`)
  writeFileSync(join(home, 'commands'), lines.join(''))
  // Pipes: where its ends are sockets, it takes inetd to have started it and refuses.
  const ran = spawnSync('sh', ['-c', `cat ${home}/commands | ${dovecotImap} -c ${home}/dovecot.conf | cat`], {
    env: { USER: address, HOME: home, PATH: process.env.PATH },
    encoding: 'utf8',
  })
  giveTo(home, 0)
  expect(ran.stdout, ran.stderr).toContain(`t${commands.length} OK`)
  return ran.stdout
}

const seenByDovecot = (name: string, wireName: string): Box => {
  const text = dovecot([`EXAMINE "${wireName}"`, 'FETCH 1:* (UID FLAGS)'])
  const number = (word: string) => Number(new RegExp(`\\[${word} (\\d+)\\]`).exec(text)?.[1])
  const messages = [...text.matchAll(/FETCH \(UID (\d+) FLAGS \(([^)]*)\)\)/g)].map(([, uid, flags]) => ({
    uid: Number(uid),
    flags: flags!
      .split(' ')
      .filter((flag) => flag !== '' && flag !== '\\Recent')
      .sort(),
  }))
  return { name, uidValidity: number('UIDVALIDITY'), uidNext: number('UIDNEXT'), messages }
}

if (whyNot) console.warn(`export --dovecot: not judged by a Dovecot, ${whyNot}`)

describe.skipIf(whyNot)('export --dovecot', () => {
  test('a Dovecot at the exported folder keeps every UID, flag and keyword, and so do we after it', async () => {
    await fill()
    const before = await read()
    const { code, stdout } = await verb('export', '--dovecot', address)
    expect([code, stdout]).toEqual([0, `${address}: 13 messages in 8 mailboxes are ready for Dovecot\n`])
    const wireNames: Record<string, string> = { 'Кот & Hund': '&BBoEPgRC- &- Hund' }
    for (const box of before) expect(seenByDovecot(box.name, wireNames[box.name] ?? box.name)).toEqual(box)
    expect(dovecot(['LSUB "" *'])).toContain('"&BBoEPgRC- &- Hund"')

    dovecot(['SELECT INBOX', 'UID STORE 6 +FLAGS (\\Seen later)', 'UID COPY 2 Archive'])
    await verb('reindex', address)
    const after = await read()
    const inbox = (boxes: Box[]) => boxes.find(({ name }) => name === 'INBOX')!
    const changed = { uid: 6, flags: ['\\Seen', 'later'] }
    expect(inbox(after)).toEqual({
      ...inbox(before),
      messages: [...inbox(before).messages.slice(0, 3), changed],
    })
    expect(after.find(({ name }) => name === 'Archive')!.messages).toEqual([
      { uid: 1, flags: ['$Work', '\\Seen'] },
    ])
  })
})
