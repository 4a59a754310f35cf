import { ownLocale } from '@/lib/client/clock'
import { call } from '@/lib/client/api'
import type { App } from '@/lib/client/app'
import { forgetDraft, keepDraft } from '@/lib/client/kept-drafts'
import { addressed, identities, identitiesOf, loadIdentities } from '@/lib/client/identities'
import type { Address } from '@/lib/model/address'
import type { Draft } from '@/lib/model/draft'
import type { Identity } from '@/lib/model/identity'
import type { Quotable } from '@/lib/model/message'
import { merge } from './addresses/parse'
import { headOf } from './answer/head'
import { quoteForForward, quoteForReply } from './answer/quote'
import { quoted, quotedKnown } from './answer/quotes'
import { desk, type Place, type Start } from './desk'
import { fromText } from './editor/from-text'
import { toInnerHtml } from './editor/to-html'
import { takenOver } from './lineage'
import type { Coming } from './files/files'
import { asIdentity, createLetter, noWishes } from './letter'
import type { Field, Letter, LetterState, ShownField } from './letter'
import { bodyOf, madeOf, rebuild, type Parts } from './parts'

type AnswerStart = Extract<Start, { kind: 'reply' | 'reply-all' | 'forward' }>

/** The letter a composer opens with. What has to be fetched comes in later; one can write at once. */
export function startLetter(id: string, start: Start, app: App): Letter {
  switch (start.kind) {
    case 'new':
      return newLetter(id, start, app)
    case 'draft':
      return savedLetter(id, start, app)
    case 'copy':
      return savedLetter(id, start, app)
    case 'again':
      return letterOfDraft({ id, app, ...start })
    default:
      return answerLetter(id, start, app)
  }
}

const fieldsIn = (draft: Pick<Draft, Field>): ReadonlySet<ShownField> =>
  new Set(['to' as const, ...(['cc', 'bcc'] as const).filter((field) => draft[field].length > 0)])

function newLetter(id: string, start: Extract<Start, { kind: 'new' }>, app: App): Letter {
  const { to = [], cc = [], subject = '', text = '', bring } = start
  const [identity] = identitiesOf(app)
  const { bcc: copies, ...as } = asIdentity(identity)
  const bcc = [...(start.bcc ?? []), ...copies]
  const first = { ...as, to, cc, bcc, subject, shownFields: fieldsIn({ to, cc, bcc }) }
  const made: Parts = { own: text ? toInnerHtml(fromText(text)) : '', signature: identity.signature, app }
  const letter = createLetter({ id, app, account: app.person.account, first, body: bodyOf(made) })
  madeOf(letter, made)
  identifyLater(letter, app, [])
  if (bring) letter.files.bring(bring.at, bring.files)
  return letter
}

const stateOfDraft = (draft: Draft): Partial<LetterState> => ({
  ...(draft.from ? { from: draft.from } : {}),
  extra: {
    ...(draft.replyTo?.length ? { replyTo: draft.replyTo } : {}),
    ...(draft.organisation ? { organisation: draft.organisation } : {}),
  },
  to: draft.to,
  cc: draft.cc,
  bcc: draft.bcc,
  subject: draft.subject,
  ...(draft.wishes ? { wishes: draft.wishes } : {}),
  // A draft without HTML was written as plain text, and goes on so.
  format: draft.html === '' && draft.text !== '' ? 'plain' : 'rich',
  shownFields: fieldsIn(draft),
  thread: { inReplyTo: draft.inReplyTo, references: draft.references, original: draft.original },
  draft: draft.draft,
  planned: draft.planned && Date.parse(draft.planned) > Date.now() ? draft.planned : null,
})

interface OfDraft {
  id: string
  app: App
  account: number
  draft: Draft
  left?: string
  unfinished?: readonly Coming[]
}

/** A message given back: not yet saved in this form, so it counts as changed. */
function letterOfDraft({ id, app, account, draft, left, unfinished = [] }: OfDraft): Letter {
  const letter = createLetter({
    id,
    app,
    account,
    // What a broken connection did not tell whoever left it is still its own.
    first: {
      ...stateOfDraft(draft),
      ...(draft.lineage ? { lineage: takenOver(id, draft.lineage) } : {}),
    },
    body: { html: draft.html, text: draft.text },
    uploads: draft.uploads,
  })
  letter.files.take(unfinished)
  letter.touched()
  if (left) moveKept(letter, app, left)
  return letter
}

/** The copy of the letter that was left goes once this one has its own; where both do not fit, both are offered. */
function moveKept({ id, content }: Letter, app: App, left: string): void {
  const { address } = app.person
  const kept = keepDraft(address, { id, savedAt: Date.now(), state: 'unsaved', draft: content() })
  if (kept === 'kept') forgetDraft(address, left)
}

/** Nobody's answer, nobody's draft, and from whoever writes now. */
const copyOf = ({ lineage: _, planned: __, ...opened }: Draft): Draft => ({
  ...opened,
  from: null,
  replyTo: [],
  organisation: '',
  wishes: noWishes,
  inReplyTo: '',
  references: [],
  original: null,
  draft: null,
})

function savedLetter(id: string, start: Extract<Start, { kind: 'draft' | 'copy' }>, app: App): Letter {
  const { kind, at } = start
  const letter = createLetter({
    id,
    app,
    account: at.account,
    first: { loading: 'loading' },
    body: { html: '', text: '' },
  })
  const known = kind === 'draft' ? start.opened : undefined
  void (known ? Promise.resolve(known) : call('openDraft', at)).then(
    (opened) => {
      const draft = kind === 'copy' ? copyOf(opened) : opened
      letter.files.adopt(draft.uploads)
      letter.setBody({ html: draft.html, text: draft.text })
      letter.state.set((now) => ({
        ...now,
        ...stateOfDraft(draft),
        lineage: { key: draft.lineage?.key ?? id, writer: id },
        loading: 'ready',
      }))
    },
    () => letter.state.set((now) => ({ ...now, loading: 'failed' })),
  )
  return letter
}

function answerLetter(id: string, start: AnswerStart, app: App): Letter {
  const { kind, at, original } = start
  const own = [app.person.address, ...identitiesOf(app).map(({ address }) => address)]
  const { to, cc, subject, inReplyTo, references } = headOf({ kind, original, own })
  const came = [...original.to, ...original.cc]
  const identity = addressed(identitiesOf(app), came) ?? identitiesOf(app)[0]
  const as = asIdentity(identity)
  const isForward = kind === 'forward'
  const known = quotedKnown(start, app)
  const read = known && quoteFrom(known, start, app)
  const quote = read && comesLater(read, app) ? null : read
  const made: Parts = { quote: quote ?? '', signature: identity.signature, app }
  const letter = createLetter({
    id,
    app,
    account: at.account,
    body: bodyOf(made),
    first: {
      ...as,
      to,
      cc,
      subject,
      shownFields: fieldsIn({ to, cc, bcc: as.bcc }),
      thread: {
        inReplyTo,
        references,
        original: { folder: at.folder, message: at.message, as: isForward ? 'forward' : 'reply' },
      },
      quote: quote === null ? 'loading' : 'there',
    },
  })
  madeOf(letter, made)
  identifyLater(letter, app, came)
  if (quote !== null && known) bringPictures(letter, at, known.pictures)
  if (isForward) letter.files.bring(at, original.attachments)
  if (quote === null) void bringQuote(letter, start, app)
  return letter
}

/** Plain text holds no pictures: those of the quote come once it can. */
function bringPictures(letter: Letter, at: Place, pictures: Quotable['pictures']): void {
  const bring = () => letter.files.bringPictures(at, pictures)
  const isRich = () => letter.state.get().format === 'rich'
  if (isRich()) return bring()
  const stop = letter.state.subscribe(() => {
    if (!isRich()) return
    stop()
    bring()
  })
}

/** Who one writes as may not be known yet when the first letter of a visit opens. */
function identifyLater(letter: Letter, app: App, came: readonly Address[]): void {
  if (identities.get()) return
  void loadIdentities().then(() => {
    const identity = addressed(identitiesOf(app), came) ?? identitiesOf(app)[0]
    if (identities.get()?.length && !letter.hasChanged()) writeAs(letter, identity)
  })
}

/** From here on this letter is that identity's, its signature included. */
export function writeAs(letter: Letter, identity: Identity, before?: Identity): void {
  const { from, extra, bcc: copies } = asIdentity(identity)
  letter.state.set((now) => {
    const others = now.bcc.filter(({ address }) => address !== before?.bcc)
    const bcc = merge([...others, ...copies])
    const shown = bcc.length > 0 ? [...now.shownFields, 'bcc' as const] : now.shownFields
    return { ...now, from, extra, bcc, shownFields: new Set(shown) }
  })
  const port = letter.editor()
  if (port) port.sign(identity.signature)
  else rebuild(letter, { signature: identity.signature })
}

function quoteFrom(quotable: Quotable, { kind, original }: AnswerStart, app: App): string {
  const { composer: words } = app.words()
  // A plain original keeps its lines and its own quotes; as HTML they would be one run of words.
  const html = original.body.shows === 'html' ? quotable.html : toInnerHtml(fromText(quotable.text))
  const quoting = { original, html, words, locale: ownLocale() }
  return kind === 'forward' ? quoteForForward(quoting) : quoteForReply(quoting)
}

/** Reading more than this would be felt before one can write. */
const heavyQuote = 30_000

/** It comes in below what is written, so that nothing moves. */
function comesLater(quote: string, app: App): boolean {
  const { answers, format } = app.preferences.get()
  return quote.length > heavyQuote && answers !== 'below' && format === 'rich'
}

const longestFrame = 200

/** Settles when what is there by now was drawn; a page that nobody sees draws nothing. */
const drawn = (): Promise<void> =>
  new Promise((settle) => {
    setTimeout(settle, longestFrame)
    requestAnimationFrame(() => setTimeout(settle))
  })

const isOpen = (letter: Letter): boolean => desk.get().some(({ id }) => id === letter.id)

/** The editor may be exchanged for a plain one while it reads. */
async function putQuote(letter: Letter, quote: string): Promise<void> {
  for (let port = letter.editor(); port; port = letter.editor())
    // The words of one that was closed meanwhile are on their way to the server: it is changed no more.
    if ((await port.quote(quote)) === 'there' || !isOpen(letter)) return
  rebuild(letter, { quote })
}

/**
 * A long original, or one on a slow connection, comes in below what is being written, whenever it is there. Send
 * waits for it.
 */
async function bringQuote(letter: Letter, start: AnswerStart, app: App): Promise<void> {
  try {
    const quotable = await quoted(start, app)
    await drawn()
    if (!isOpen(letter)) return
    bringPictures(letter, start.at, quotable.pictures)
    await putQuote(letter, quoteFrom(quotable, start, app))
    if (!isOpen(letter)) return
    // What is saved already is saved again, with it.
    if (letter.hasChanged()) letter.touched()
    letter.state.set((now) => ({ ...now, quote: 'there' }))
  } catch {
    letter.state.set((now) => ({ ...now, quote: 'failed' }))
  }
}
