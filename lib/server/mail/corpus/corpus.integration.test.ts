// Messages of which every line is known by construction, through real servers: what is shown of them is what was
// put in. On ours and on Dovecot, because BODYSTRUCTURE and ENVELOPE are theirs.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startMailSystem, whyNot, type MailSystem } from '@/e2e/servers'
import type { Attachment, MessageId } from '@/lib/model/message'
import { renderBody } from '../../html/body'
import { quotableOf } from '../../html/quote'
import type { Account } from '../account'
import { addMessage } from '../append'
import { downloadPart } from '../download'
import { type Opened, readMessage } from '../message'
import { closeAccount } from '../pool'
import { everyPart } from '../structure'
import type { Case } from './build'
import { people } from './people'
import { structures } from './structures'
import { words } from './words'

const corpus: Case[] = [...words, ...people, ...structures]

const forget = (name: string) =>
  void delete (globalThis as unknown as Record<symbol, unknown>)[Symbol.for(`posthorn.${name}`)]

/** As open-message lists them: without what the body shows already. */
const listed = (opened: Opened): Attachment[] => {
  const ids = everyPart(opened.structure).map(({ id, part }) => [id, `parts/${part}`] as const)
  const { used } = renderBody(opened.shown, { parts: new Map(ids), proxied: null })
  const shown = new Set(everyPart(opened.structure).flatMap(({ id, part }) => (used.has(id) ? [part] : [])))
  return opened.attachments.filter(({ part }) => !shown.has(part))
}

it('has at least 200 messages', () => expect(corpus.length).toBeGreaterThanOrEqual(200))

describe.each(['posthorn', 'dovecot'] as const)('the corpus on %s', (kind) => {
  const why = whyNot(kind)
  if (why) {
    it.skip(`did not run: ${why}`)
    return
  }
  let system: MailSystem
  let who: Account
  let ids: MessageId[] = []
  const home = mkdtempSync(join(tmpdir(), 'posthorn-corpus-'))

  beforeAll(async () => {
    system = await startMailSystem(kind)
    process.env.POSTHORN_IMAP = `imap://127.0.0.1:${system.imap.port}`
    process.env.POSTHORN_HOME = home
    forget('config')
    const { address, password } = system.users.alice
    who = { key: `${kind}:${address}`, address, name: 'Alice', credentials: { user: address, password } }
    ids = []
    for (const { raw } of corpus) ids.push(await addMessage(who, { path: 'INBOX', bytes: raw, flags: [] }))
  }, 120_000)

  afterAll(async () => {
    if (who) closeAccount(who.key)
    await system?.stop()
    rmSync(home, { recursive: true, force: true })
  })

  const contentOf = async (id: MessageId, part: string): Promise<string> => {
    const { stream } = await downloadPart(who, { path: 'INBOX', id, part })
    return (await buffer(stream as unknown as AsyncIterable<Uint8Array>)).toString().trim()
  }

  it.each(corpus.map((one, at) => [one.name, at] as const))('%s', async (_, at) => {
    const expected = corpus[at]!
    const opened = await readMessage(who, { path: 'INBOX', id: ids[at]! })
    const { subject, from, to, date } = opened.envelope
    const files = listed(opened)
    const wanted = expected.attachments
    const contents = await Promise.all(
      (wanted ?? []).map(({ content }, n) =>
        content === undefined || !files[n] ? undefined : contentOf(ids[at]!, files[n].part),
      ),
    )
    const found: Partial<Case> = {
      ...(expected.subject !== undefined ? { subject } : {}),
      ...(expected.from ? { from } : {}),
      ...(expected.to ? { to } : {}),
      ...(expected.date !== undefined ? { date } : {}),
      ...(expected.shows ? { shows: opened.shows } : {}),
      ...(expected.text !== undefined ? { text: quotableOf(opened.shown).text.trim() } : {}),
      ...(wanted
        ? {
            attachments: files.map(({ name, type }, n) => ({
              name,
              type,
              ...(contents[n] === undefined ? {} : { content: contents[n] }),
            })),
          }
        : {}),
    }
    const { name, raw, ...told } = expected
    void [name, raw]
    expect(found).toEqual(JSON.parse(JSON.stringify(told)))
  })
})
