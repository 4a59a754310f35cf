import { once } from 'node:events'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import Database from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { UserStore } from '../../src/store/contract'
import { proveScram } from '../support/scram'
import { alice, Dialog, password, startHouse } from './house'

let house: Awaited<ReturnType<typeof startHouse>>
let mail: UserStore
let inbox: number

beforeAll(async () => {
  house = await startHouse()
  mail = house.store.open(alice)
  inbox = mail.mailbox('INBOX')?.id ?? 0
})
afterAll(() => house.stop())

const letter = (subject: string, body: string) =>
  Buffer.from(`From: bob@example.test\r\nSubject: ${subject}\r\n\r\n${body}`)

beforeEach(async () => {
  await mail.append(inbox, [
    { source: letter('one', 'first line\r\nsecond line\r\nthird line\r\n') },
    { source: letter('two', '.\r\n..dots\r\nno end of line') },
    { source: letter('three', 'three\r\n') },
  ])
})
const base64 = (text: string) => Buffer.from(text).toString('base64')
const unbase64 = (line: string) => Buffer.from(line.replace(/^\+ /, ''), 'base64').toString()
const opened: Dialog[] = []
const signedIn = async () => {
  const dialog = await Dialog.signedIn(house.ports.pop3)
  opened.push(dialog)
  return dialog
}
afterEach(async () => {
  for (const dialog of opened.splice(0)) await dialog.say('QUIT')
  const uids = mail.uids(inbox)
  await mail.setFlags(inbox, uids, { how: 'add', flags: ['\\Deleted'] })
  await mail.expunge(inbox, uids)
})

describe('RFC 1939', () => {
  test('section 4: a wrong password is refused and the session goes on', async () => {
    const dialog = await Dialog.open(house.ports.pop3)
    await dialog.say(`USER ${alice}`)
    expect(await dialog.say('PASS wrong')).toMatch(/^-ERR \[AUTH\]/)
    expect(await dialog.say('STAT')).toMatch(/^-ERR/)
    expect(await dialog.say('QUIT')).toMatch(/^\+OK/)
  })

  test('section 6: a QUIT that cannot delete says so, closes and frees the lock, and loses nothing', async () => {
    const dialog = await Dialog.signedIn(house.ports.pop3)
    await dialog.say('DELE 1')
    const uid = mail.uids(inbox)[0] as number
    const database = new Database(join(mail.path(inbox, uid), '../../../store.db'))
    // As a disk without room for the change.
    database.exec(
      `create trigger full before update of flags on message begin select raise(abort, 'full'); end`,
    )
    try {
      expect(await dialog.say('QUIT')).toMatch(/^-ERR \[SYS\/TEMP\]/)
      expect(await dialog.line()).toBe('(closed)')
    } finally {
      database.exec('drop trigger full')
      database.close()
    }
    const again = await signedIn()
    expect(await again.say('STAT')).toMatch(/^\+OK 3 /)
    expect(await again.say('DELE 1')).toMatch(/^\+OK/)
    expect(await again.say('QUIT')).toMatch(/^\+OK/)
    expect(mail.uids(inbox)).not.toContain(uid)
  })

  test('section 4: the lock is exclusive, and free again after QUIT', async () => {
    const first = await Dialog.signedIn(house.ports.pop3)
    const second = await Dialog.open(house.ports.pop3)
    await second.say(`USER ${alice}`)
    expect(await second.say(`PASS ${password}`)).toMatch(/^-ERR \[IN-USE\]/)
    await first.say('QUIT')
    expect(await first.line()).toBe('(closed)')
    await second.say(`USER ${alice}`)
    expect(await second.say(`PASS ${password}`)).toMatch(/^\+OK/)
    await second.say('QUIT')
  })

  test('section 5: STAT and LIST agree, also about one message', async () => {
    const dialog = await signedIn()
    const rows = await dialog.body('LIST')
    const sizes = rows.map((row) => Number(row.split(' ')[1]))
    expect(await dialog.say('STAT')).toBe(`+OK 3 ${sizes.reduce((a, b) => a + b, 0)}`)
    expect(await dialog.say('LIST 2')).toBe(`+OK 2 ${sizes[1]}`)
    expect(await dialog.say('LIST 4')).toMatch(/^-ERR/)
    expect(await dialog.say('LIST 0')).toMatch(/^-ERR/)
  })

  test('section 3: lines that begin with a dot get another, and the end is found', async () => {
    const dialog = await signedIn()
    expect((await dialog.body('RETR 2')).slice(-3)).toEqual(['..', '...dots', 'no end of line'])
  })

  test('section 5: DELE marks, RSET takes it back', async () => {
    const dialog = await signedIn()
    expect(await dialog.say('DELE 1')).toMatch(/^\+OK/)
    expect(await dialog.say('DELE 1')).toMatch(/^-ERR/)
    expect(await dialog.say('RETR 1')).toMatch(/^-ERR/)
    expect(await dialog.say('STAT')).toMatch(/^\+OK 2 /)
    expect(await dialog.say('RSET')).toMatch(/^\+OK/)
    expect(await dialog.say('STAT')).toMatch(/^\+OK 3 /)
  })

  test('section 6: a connection that breaks deletes nothing, QUIT deletes', async () => {
    const broken = await Dialog.signedIn(house.ports.pop3)
    await broken.say('DELE 1')
    broken.socket.end()
    expect(await broken.line()).toBe('(closed)')
    expect(mail.uids(inbox)).toHaveLength(3)
    const dialog = await Dialog.signedIn(house.ports.pop3)
    await dialog.say('DELE 1')
    await dialog.say('QUIT')
    expect(mail.uids(inbox)).toHaveLength(2)
  })

  test('section 7: TOP gives the header and so many lines', async () => {
    const dialog = await signedIn()
    const header = ['From: bob@example.test', 'Subject: one', '']
    expect(await dialog.body('TOP 1 0')).toEqual(header)
    expect(await dialog.body('TOP 1 2')).toEqual([...header, 'first line', 'second line'])
    expect(await dialog.body('TOP 1 99')).toEqual([...header, 'first line', 'second line', 'third line'])
  })

  test('section 7: UIDL is the same in the next session, and differs between messages', async () => {
    const first = await Dialog.signedIn(house.ports.pop3)
    const before = await first.body('UIDL')
    await first.say('QUIT')
    expect(await first.line()).toBe('(closed)')
    const dialog = await signedIn()
    expect(await dialog.body('UIDL')).toEqual(before)
    expect(new Set(before.map((row) => row.split(' ')[1])).size).toBe(3)
  })
})

describe('extensions', () => {
  test('RFC 2449 section 5: CAPA names what there is', async () => {
    const dialog = await Dialog.open(house.ports.pop3)
    const capabilities = await dialog.body('CAPA')
    for (const name of ['TOP', 'UIDL', 'PIPELINING', 'RESP-CODES', 'STLS', 'SASL PLAIN LOGIN']) {
      expect(capabilities).toContain(name)
    }
    dialog.close()
  })

  test('RFC 2449 section 6.6: commands sent at once are answered in order', async () => {
    const dialog = await signedIn()
    dialog.socket.write('NOOP\r\nLIST 1\r\nLIST 9\r\nNOOP\r\n')
    const answers = [await dialog.line(), await dialog.line(), await dialog.line(), await dialog.line()]
    expect(answers.map((answer) => answer.slice(0, 4))).toEqual(['+OK', '+OK ', '-ERR', '+OK'])
  })

  test('RFC 5034: AUTH PLAIN, with and without an initial response', async () => {
    const secret = base64(`\0${alice}\0${password}`)
    const first = await Dialog.open(house.ports.pop3)
    expect(await first.say(`AUTH PLAIN ${secret}`)).toMatch(/^\+OK/)
    await first.say('QUIT')
    expect(await first.line()).toBe('(closed)')
    const second = await Dialog.open(house.ports.pop3)
    expect(await second.say('AUTH PLAIN')).toBe('+ ')
    expect(await second.say(secret)).toMatch(/^\+OK/)
    await second.say('QUIT')
  })

  test('RFC 5034 section 4: a client may give up', async () => {
    const dialog = await Dialog.open(house.ports.pop3)
    await dialog.say('AUTH PLAIN')
    expect(await dialog.say('*')).toMatch(/^-ERR/)
    expect(await dialog.say('NOOP')).toMatch(/^-ERR/)
    dialog.close()
  })
})

describe('TLS', () => {
  test('RFC 2595 section 4: what was sent before the handshake is not heard after it', async () => {
    const dialog = await Dialog.open(house.ports.pop3)
    dialog.socket.write('STLS\r\nCAPA\r\n')
    expect(await dialog.line()).toMatch(/^\+OK/)
    const secure = connectTls({ socket: dialog.socket, rejectUnauthorized: false })
    const heard: string[] = []
    secure.on('data', (chunk: Buffer) => heard.push(chunk.toString()))
    await once(secure, 'secureConnect')
    secure.write('QUIT\r\n')
    await once(secure, 'close')
    expect(heard.join('')).toBe('+OK until next time\r\n')
  })
})

describe('SCRAM-SHA-256', () => {
  test('RFC 7677 and 5034: offered where it is on, with the proof of both sides', async () => {
    const other = await startHouse('hashed', { POSTHORN_SCRAM: 'on' })
    const dialog = await Dialog.open(other.ports.pop3)
    expect(await dialog.body('CAPA')).toContain('SASL PLAIN LOGIN SCRAM-SHA-256')
    const bare = `n=${alice},r=client`
    const challenge = await dialog.say(`AUTH SCRAM-SHA-256 ${base64(`n,,${bare}`)}`)
    const { answer, verifier } = await proveScram({ bare, challenge: unbase64(challenge), password })
    expect(unbase64(await dialog.say(base64(answer)))).toBe(verifier)
    expect(await dialog.say('=')).toMatch(/^\+OK 0 messages/)
    expect(await dialog.say('QUIT')).toMatch(/^\+OK/)
    const wrong = await Dialog.open(other.ports.pop3)
    const again = await wrong.say(`AUTH SCRAM-SHA-256 ${base64(`n,,${bare}`)}`)
    const bad = await proveScram({ bare, challenge: unbase64(again), password: 'wrong' })
    expect(await wrong.say(base64(bad.answer))).toMatch(/^-ERR \[AUTH\]/)
    expect(await wrong.say('AUTH SCRAM-SHA-256 bm8=')).toMatch(/^-ERR/)
    expect(await wrong.say('AUTH SCRAM-SHA-256')).toBe('+ ')
    expect(await wrong.say('*')).toMatch(/^-ERR/)
    wrong.close()
    await other.stop()
  })
})

describe('bad input', () => {
  test('an endless line is refused, and what follows is read', async () => {
    const dialog = await signedIn()
    expect(await dialog.say('A'.repeat(300_000))).toMatch(/^-ERR/)
    expect(await dialog.say('NOOP')).toMatch(/^\+OK/)
  })

  test('ten mistakes in a row end the session', async () => {
    const dialog = await Dialog.open(house.ports.pop3)
    for (let round = 0; round < 10; round += 1) expect(await dialog.say('MAKE COFFEE')).toMatch(/^-ERR/)
    expect(await dialog.line()).toMatch(/^-ERR too many/)
    expect(await dialog.line()).toBe('(closed)')
  })

  test('a message that IMAP removed meanwhile is an error, not another message', async () => {
    const dialog = await signedIn()
    const [first = 0] = mail.uids(inbox)
    await mail.setFlags(inbox, [first], { how: 'add', flags: ['\\Deleted'] })
    await mail.expunge(inbox, [first])
    expect(await dialog.say('RETR 1')).toMatch(/^-ERR/)
    expect((await dialog.body('TOP 2 0'))[1]).toBe('Subject: two')
  })
})
