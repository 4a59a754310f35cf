// Messages of which every line is known by construction, through real servers: what is shown of them is what was
// put in. On ours and on Dovecot, because BODYSTRUCTURE and ENVELOPE are theirs.
import { buffer } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import type { Attachment } from '@/lib/model/message'
import type { MessageId } from '@/lib/model/message-id'
import { renderBody } from '../../html/body'
import { quotableOf } from '../../html/quote'
import { onServers, type OnServer } from '../../testing/on-servers'
import { addMessage } from '../append'
import { downloadPart } from '../download'
import { type Opened, readMessage } from '../message'
import { everyPart } from '../structure'
import type { Case } from './build'
import { people } from './people'
import { structures } from './structures'
import { words } from './words'

const corpus: Case[] = [...words, ...people, ...structures]

/** As open-message lists them: without what the body shows already. */
const listed = (opened: Opened): Attachment[] => {
  const ids = everyPart(opened.structure).map(({ id, part }) => [id, `parts/${part}`] as const)
  const { used } = renderBody(opened.shown, { parts: new Map(ids), proxied: null })
  const shown = new Set(everyPart(opened.structure).flatMap(({ id, part }) => (used.has(id) ? [part] : [])))
  return opened.attachments.filter(({ part }) => !shown.has(part))
}

it('has at least 200 messages', () => expect(corpus.length).toBeGreaterThanOrEqual(200))

let ids: MessageId[] = []

const seed = async ({ who }: OnServer): Promise<void> => {
  ids = []
  for (const { raw } of corpus) ids.push(await addMessage(who, { path: 'INBOX', bytes: raw, flags: [] }))
}

onServers({ what: 'the corpus', seed }, (at) => {
  const contentOf = async (id: MessageId, part: string): Promise<string> => {
    const { stream } = await downloadPart(at.who, { path: 'INBOX', id, part })
    return (await buffer(stream as unknown as AsyncIterable<Uint8Array>)).toString().trim()
  }

  it.each(corpus.map((one, nth) => [one.name, nth] as const))('%s', async (_, nth) => {
    const expected = corpus[nth]!
    const opened = await readMessage(at.who, { path: 'INBOX', id: ids[nth]! })
    const { subject, from, to, date } = opened.envelope
    const files = listed(opened)
    const wanted = expected.attachments
    const contents = await Promise.all(
      (wanted ?? []).map(({ content }, n) =>
        content === undefined || !files[n] ? undefined : contentOf(ids[nth]!, files[n].part),
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
