// What goes over the wire to a mail server: no command but ours, whatever a name or a search says, and no byte of a
// message but of what is shown. Listened to between us and both servers.
import { createHash, randomBytes } from 'node:crypto'
import { runInNewContext } from 'node:vm'
import { setFlagsFromString } from 'node:v8'
import { describe, expect, it } from 'vitest'
import { commandsIn } from '@/e2e/servers/tap'
import { AppError } from '@/lib/model/errors'
import { folderIdOfPath } from '@/lib/model/folder-id'
import { usualView } from '@/lib/model/view'
import { downloadPart } from '../mail/download'
import { store } from '../mail/flags'
import { withSelected } from '../mail/pool'
import { onServers, type OnServer } from '../testing/on-servers'
import { copyMessages } from './copy-messages'
import { openPart, openSource, type Streamed } from './download'
import { openAll } from './download-all'
import { frameMessage } from './frame-message'
import { importMessage } from './import-message'
import { listMailboxes } from './list-mailboxes'
import { listMessages } from './list-messages'
import { moveMessages } from './move-messages'
import { openMessage } from './open-message'
import { previewPart } from './preview-part'
import { quoteMessage } from './quote-message'
import { searchMessages } from './search-messages'

const victim = 'Victim'
const strange = `a"b\\c {5} (x] 'y`
const raw = (subject: string) => `From: ada@example.org\r\nSubject: ${subject}\r\n\r\nwords\r\n`

/** Each would delete a folder, or leave the rest of the command to the attacker, if it left its place. */
const hostile = [
  `x\r\nA1 DELETE ${victim}`,
  `x"\r\nA1 DELETE ${victim}\r\n`,
  `x\nA1 DELETE ${victim}\n`,
  `{5}\r\nabcde A1 DELETE ${victim}`,
  `{5+}\r\nabcde\r\nA1 DELETE ${victim}\r\n`,
  `{0}`,
  `" DELETE ${victim} "`,
  `a\\`,
  `\\"`,
  `) (\\Deleted) UID EXPUNGE 1:*`,
  `x\0y`,
  '*',
  '%',
  '&AAAA-',
  '&',
  'NIL',
  '\u2028',
  '\ud800',
  '会議"\r\n',
  'x'.repeat(900),
]

const usual =
  /^[0-9A-Z]+ (CAPABILITY|ID|LOGIN|AUTHENTICATE|NAMESPACE|ENABLE|LIST|LSUB|XLIST|STATUS|SELECT|EXAMINE|NOOP|IDLE|FETCH|APPEND|SEARCH|SORT|THREAD|UID (FETCH|SEARCH|SORT|THREAD|STORE|COPY|MOVE)|LOGOUT|COMPRESS|NOTIFY|CLOSE|UNSELECT)\b/i
/** Not commands: the password in answer to a challenge, and the end of IDLE. */
const answers = /^([A-Za-z0-9+/=]*|DONE)$/

const refusedOrDone = async (run: Promise<unknown>): Promise<void> => {
  await run.catch((problem: unknown) => {
    expect(problem).toBeInstanceOf(AppError)
    expect((problem as AppError).code).not.toBe('internal')
  })
}

const seed = async ({ other }: OnServer): Promise<void> => {
  await other.client.mailboxCreate(victim)
  await other.client.mailboxCreate(strange)
  await other.append({ folder: victim, raw: raw('kept') })
  await other.append({ raw: raw('one') })
}

const inboxIdOf = async ({ other }: OnServer, subject: string): Promise<string> => {
  const status = await other.client.status('INBOX', { uidValidity: true })
  const found = (await other.list('INBOX')).find((one) => one.subject === subject)
  return `${status && status.uidValidity}-${found?.uid}`
}

onServers({ what: 'the wire', seed, wire: 'tapped' }, (at) => {
  const unharmed = async () => {
    const commands = at.tap.said().flatMap(commandsIn)
    expect(commands.filter((one) => !usual.test(one) && !answers.test(one))).toEqual([])
    // They did reach the wire, as what they are.
    expect(commands.some((one) => one.includes('DELETE Victim'))).toBe(true)
    expect((await at.other.list(victim)).map(({ subject }) => subject)).toEqual(['kept'])
    expect((await at.other.list('INBOX')).map(({ subject }) => subject)).toContain('one')
  }

  it('a command that was carried in would be heard', () => {
    const said = '1 SELECT "x"\r\nA1 DELETE Victim\r\n2 APPEND x {19+}\r\nA2 DELETE Victim\r\n\r\n'
    expect(commandsIn(Buffer.from(said)).filter((one) => !usual.test(one) && one !== '')).toEqual([
      'A1 DELETE Victim',
    ])
  })

  describe('IMAP commands in what others chose', () => {
    it('a folder’s name is a name', async () => {
      const { who } = at
      const message = await inboxIdOf(at, 'one')
      for (const name of hostile) {
        const folder = folderIdOfPath(name)
        await refusedOrDone(listMessages({ who, folder, offset: 0, limit: 10, view: usualView }))
        await refusedOrDone(openMessage({ who, folder, message }))
        await refusedOrDone(copyMessages({ who, folder: 'inbox', ids: [message], to: folder }))
        await refusedOrDone(importMessage({ who, folder, bytes: Buffer.from(raw('in')) }))
      }
      await unharmed()
    }, 60_000)

    it('a word that is searched for is a word', async () => {
      const { who } = at
      for (const text of hostile)
        for (const name of ['', 'subject:', 'from:', 'label:', 'in:', 'list:', 'filename:', 'body:'])
          await refusedOrDone(
            searchMessages({
              who,
              q: `${name}"${text.replaceAll('"', '')}" ${name}${text}`,
              folder: 'mail',
              offset: 0,
              limit: 10,
            }),
          )
      await unharmed()
    }, 60_000)

    it('a keyword is a keyword, and a part is a part', async () => {
      const { who } = at
      const message = await inboxIdOf(at, 'one')
      for (const text of hostile) {
        const stored = withSelected(who, { path: 'INBOX', effect: 'write' }, (connection) =>
          store(connection, [Number(message.split('-')[1])], '+FLAGS', [text]),
        )
        await refusedOrDone(stored)
        await refusedOrDone(downloadPart(who, { path: 'INBOX', id: message, part: `1]${text}` }))
      }
      const [one] = (await at.other.list('INBOX')).filter(({ subject }) => subject === 'one')
      expect(one?.flags).not.toContain('\\Deleted')
      await unharmed()
    }, 60_000)

    it('a folder that has such a name is listed, opened, filled and searched', async () => {
      const { who } = at
      const { mailboxes } = await listMailboxes({ who })
      const folder = mailboxes.find(({ path }) => path === strange)?.id ?? ''
      const message = await inboxIdOf(at, 'one')
      const { moved } = await moveMessages({ who, folder: 'inbox', ids: [message], to: folder })
      const { rows } = await listMessages({ who, folder, offset: 0, limit: 10, view: usualView })
      expect(rows.map(({ subject }) => subject)).toEqual(['one'])
      expect((await at.other.list(strange)).map(({ subject }) => subject)).toEqual(['one'])
      const { hits } = await searchMessages({ who, q: 'one', folder: 'mail', offset: 0, limit: 10 })
      expect(hits.map((hit) => hit.folder)).toEqual([folder])
      await moveMessages({ who, folder, ids: moved.map(({ to }) => to), to: 'inbox' })
      await unharmed()
    })
  })

  describe('a message of 50 MB', () => {
    const shown = `<p>${'The shown part. '.repeat(6000)}</p>`
    const fileBytes = 12 * 1024 * 1024
    const content = randomBytes(fileBytes)
    const part = (type: string, name: string, bytes: Buffer) =>
      [
        `--out\r\nContent-Type: ${type}${name ? `; name="${name}"` : ''}`,
        'Content-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n',
        `${bytes.toString('base64').replace(/.{76}/g, '$&\r\n')}\r\n`,
      ].join('\r\n')
    const large = () =>
      Buffer.from(
        [
          'From: ada@example.org\r\nSubject: large\r\nMIME-Version: 1.0',
          'Content-Type: multipart/mixed; boundary=out\r\n',
          `--out\r\nContent-Type: text/html\r\n\r\n${shown}`,
          ...['a.bin', 'b.bin', 'c.bin'].map((name) => part('application/octet-stream', name, content)),
          '--out--\r\n',
        ].join('\r\n'),
        'latin1',
      )

    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const held = (): number => {
      // Twice: what the first finds unused is given back by the second.
      collect()
      collect()
      const { heapUsed, external } = process.memoryUsage()
      return heapUsed + external
    }

    /** More than twice what may be held: who keeps what goes by is seen at the first look, and each look collects all garbage. */
    const betweenLooks = 10_000_000

    /** Reads it all; how much more was in memory at any moment, and what came. */
    const drained = async ({ stream }: Pick<Streamed, 'stream'>) => {
      const [before, sum] = [held(), createHash('sha256')]
      let [size, most, looked] = [0, 0, 0]
      for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) {
        size += chunk.length
        sum.update(chunk)
        if (size - looked < betweenLooks) continue
        looked = size
        most = Math.max(most, held() - before)
      }
      return { size, most, sum: sum.digest('hex') }
    }

    let message = ''
    const heardBy = async (run: () => Promise<unknown>): Promise<number> => {
      const before = at.tap.heard()
      await run()
      return at.tap.heard() - before
    }
    const place = () => ({ who: at.who, folder: 'inbox' as const, message })
    const wish = { images: 'blocked', theme: 'light', font: 'usual' } as const

    it('costs the shown part to open, and nothing of its files', async () => {
      const done = await at.other.client.append('INBOX', large())
      if (!done || !done.uid) throw new Error('the server took no message')
      expect(done.uidValidity).toBeDefined()
      message = `${done.uidValidity}-${done.uid}`
      const before = held()
      const heard = await heardBy(async () => {
        await listMessages({ who: at.who, folder: 'inbox', offset: 0, limit: 50, view: usualView })
        const { size, attachments } = await openMessage(place())
        expect(size).toBeGreaterThan(50_000_000)
        expect(attachments.map(({ name }) => name)).toEqual(['a.bin', 'b.bin', 'c.bin'])
        expect((await frameMessage(place(), wish)).document).toContain('The shown part.')
        await quoteMessage(place())
      })
      expect(heard).toBeLessThan(shown.length + 60_000)
      expect(held() - before).toBeLessThan(8_000_000)
    }, 60_000)

    it('is downloaded, whole or a file of it or all of them as zip, with a piece of it in memory', async () => {
      const file = await drained(await openPart(place(), { part: '2', wish: 'keep' }))
      expect(file.sum).toBe(createHash('sha256').update(content).digest('hex'))
      const whole = await drained(await openSource(place()))
      expect(whole.size).toBeGreaterThan(50_000_000)
      const zip = await drained(await openAll(place()))
      expect(zip.size).toBeGreaterThan(3 * fileBytes)
      for (const { most } of [file, whole, zip]) expect(most).toBeLessThan(4_000_000)
    }, 120_000)

    it('is not fetched ahead of who reads it', async () => {
      const heard = await heardBy(async () => {
        const { stream } = await openPart(place(), { part: '2', wish: 'keep' })
        const reader = stream.getReader()
        await reader.read()
        await reader.cancel()
      })
      expect(heard).toBeLessThan(1_000_000)
    })
  })

  it('TNEF is a file by its name: nothing of it is unpacked, nor fetched but what tells its kind', async () => {
    // MS-OXTNEF: a signature, a key, and an attachment that says it is as long as a length can say; in it a zip of
    // zips that would unpack to petabytes.
    const object = Buffer.from('789f3e22010002050000ffffffff', 'hex')
    const winmail = Buffer.concat([object, Buffer.alloc(8_000_000, 'PK\x03\x04')])
    const letter = (name: string) =>
      [
        'From: ada@example.org\r\nSubject: wrapped\r\nMIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary=out\r\n',
        '--out\r\nContent-Type: text/plain\r\n\r\nthe words',
        `--out\r\nContent-Type: application/ms-tnef${name}\r\nContent-Transfer-Encoding: base64\r\n`,
        winmail.toString('base64').replace(/.{76}/g, '$&\r\n'),
        '--out--\r\n',
      ].join('\r\n')
    for (const name of ['', '; name="winmail.dat"']) {
      const done = await at.other.client.append('INBOX', Buffer.from(letter(name), 'latin1'))
      const place = {
        who: at.who,
        folder: 'inbox' as const,
        message: `${done && done.uidValidity}-${done && done.uid}`,
      }
      const before = at.tap.heard()
      const { attachments } = await openMessage(place)
      expect(attachments.map(({ name, type }) => [name, type])).toEqual([
        ['winmail.dat', 'application/ms-tnef'],
      ])
      expect(await previewPart(place, '2')).toEqual({ shows: 'nothing' })
      expect(at.tap.heard() - before).toBeLessThan(20_000)
      const { stream, headers } = await openPart(place, { part: '2', wish: 'look' })
      expect(headers['content-disposition']).toMatch(/^attachment; /)
      expect(Buffer.from(await new Response(stream).arrayBuffer()).equals(winmail)).toBe(true)
    }
  }, 60_000)
})
