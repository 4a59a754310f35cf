import { call } from '@/lib/client/api'
import type { App } from '@/lib/client/app'
import { holdLetter, keptFromLoss } from '@/lib/client/drafts'
import { identitiesOf } from '@/lib/client/identities'
import { forgetDraft, keepDraft } from '@/lib/client/kept-drafts'
import { createLongJson } from '@/lib/client/long-json'
import { signal, type Signal } from '@/lib/client/signal'
import type { Address } from '@/lib/model/address'
import type { Draft, Elsewhere, Lineage, SendingWishes } from '@/lib/model/draft'
import type { Identity } from '@/lib/model/identity'
import { writes } from './desk'
import { createAutosave, type Autosave, type AutosaveState } from './drafts/autosave'
import { createFiles, type AttachedFile, type Fate, type Files } from './files/files'
import { underwayOf } from './underway'

// One message being written. It lives outside React, so that minimising, moving about and redrawing lose nothing;
// the window only shows it.
// Invariants: `state` is never changed in place; the text itself belongs to the editor (`body`), which is read when
// something is kept, saved or sent, never at each key.

export const fields = ['to', 'cc', 'bcc'] as const
export type Field = (typeof fields)[number]
/** Reply-To is no recipient, but is written like one. */
export type ShownField = Field | 'replyTo'

export const noWishes: SendingWishes = { priority: 'normal', receipt: 'no', notice: 'no' }

export interface LetterState extends Record<Field, Address[]> {
  from: Address
  /** What the identity that is written as adds to the message. */
  extra: Pick<Draft, 'replyTo' | 'organisation'>
  wishes: SendingWishes
  subject: string
  format: 'rich' | 'plain'
  shownFields: ReadonlySet<ShownField>
  thread: Pick<Draft, 'inReplyTo' | 'references' | 'original'>
  draft: Draft['draft']
  lineage: Lineage
  /** What another window or device did to this draft; stays until the person has chosen. */
  elsewhere: Elsewhere
  saved: { state: 'never' | AutosaveState; at: Date | null }
  /** Opening a saved draft takes a request; a quote comes in below while one already writes. */
  loading: 'ready' | 'loading' | 'failed'
  quote: 'none' | 'loading' | 'there' | 'failed'
  /** `files`, `quote`: asked for, and done as soon as they are there. */
  sending: 'no' | 'files' | 'quote' | 'sending'
  /** When it was asked to leave, if not at once. */
  at: string | null
  /** When it was to leave before it was taken back to be changed: Send keeps that time. */
  planned: string | null
  warning: 'none' | 'recipients' | 'promised' | 'files' | 'domains' | 'elsewhere'
  /** Addresses that are meant as they are, however odd they look. */
  meant: ReadonlySet<string>
}

export interface Body {
  html: string
  text: string
}

/** The editor, as the letter sees it. */
export interface BodyPort {
  read: () => Body
  /** The text without signatures. */
  own: () => string
  /** The original, where answers have it. A long one takes a few turns; `gone`: the editor is, and took nothing. */
  quote: (html: string) => Promise<'there' | 'gone'>
  /** Takes the place of the signature that is there; '' takes it away. */
  sign: (html: string) => void
  /** Where the cursor is. */
  insert: (html: string) => void
  focus: () => void
}

export interface Letter {
  id: string
  account: number
  state: Signal<LetterState>
  files: Files
  autosave: Autosave
  /** The text when no editor is there to be asked. */
  body: () => Body
  /** What is said in it, not who says it. */
  ownWords: () => string
  setBody: (body: Body) => void
  attachEditor: (port: BodyPort) => () => void
  editor: () => BodyPort | null
  /** Something the person did: shown, and saved soon. */
  change: (patch: Partial<LetterState>) => void
  touched: () => void
  hasChanged: () => boolean
  content: () => Draft
  /** Address fields hand in what is typed but not yet a pill. */
  onCommit: (commit: () => void) => () => void
  commitFields: () => void
  /** Files that would go along, whether they are up or not. */
  leaving: () => AttachedFile[]
  release: (files: Fate) => void
}

export interface LetterInput {
  id: string
  app: App
  account: number
  first: Partial<LetterState>
  body: Body
  uploads?: Draft['uploads']
}

/** What a letter says of who writes it. */
export const asIdentity = ({ name, address, replyTo, organisation, bcc }: Identity) => ({
  from: { name, address },
  extra: {
    ...(replyTo ? { replyTo: [{ name: '', address: replyTo }] } : {}),
    ...(organisation ? { organisation } : {}),
  },
  bcc: bcc ? [{ name: '', address: bcc }] : [],
})

const emptyLetter = (id: string, app: App): LetterState => ({
  ...asIdentity(identitiesOf(app)[0]),
  to: [],
  cc: [],
  subject: '',
  wishes: noWishes,
  meant: new Set(),
  format: app.preferences.get().format,
  shownFields: new Set(['to']),
  thread: { inReplyTo: '', references: [], original: null },
  draft: null,
  lineage: { key: id, writer: id },
  elsewhere: { is: 'nothing' },
  saved: { state: 'never', at: null },
  loading: 'ready',
  quote: 'none',
  sending: 'no',
  at: null,
  planned: null,
  warning: 'none',
})

export function createLetter({ id, app, account, first, body, uploads = [] }: LetterInput): Letter {
  const state = signal<LetterState>({ ...emptyLetter(id, app), ...first })
  const files = createFiles(uploads)
  const commits = new Set<() => void>()
  const text = { known: body, port: null as BodyPort | null }
  let changes = 0
  const read = (): Body => (text.known = text.port?.read() ?? text.known)
  const content = () => {
    const now = state.get()
    return contentOf({ ...now, lineage: { ...now.lineage, count: changes } }, read(), files)
  }
  const isHeavy = () => sizeOf(text.known, files) >= heavyDraft
  const autosave = autosaveOf({ id, app, account, state, content, isHeavy })
  const touched = () => {
    changes++
    autosave.changed()
  }
  const unwatchEdits = files.edits.subscribe(touched)
  // Files that came along by themselves are no reason to keep an untouched answer.
  const unwatchFiles = files.list.subscribe(() => changes > 0 && touched())
  const unhold = holdLetter(id)
  writes(id, () => {
    const { draft } = state.get()
    return draft && { account, ...draft }
  })
  const commitFields = () => commits.forEach((commit) => commit())
  const hasChanged = () => changes > 0
  const leaving = () => filesThatLeave(files, htmlOf(state.get(), read()))
  const underway = underwayOf({ state, list: files.list, leaving, hasChanged })
  const flush = async () => {
    commitFields()
    return (await autosave.flush()) === 'saved' ? ('saved' as const) : ('failed' as const)
  }
  const unkept = keptFromLoss(id, { flush, underway })
  return {
    id,
    account,
    state,
    files,
    autosave,
    body: read,
    ownWords: () => text.port?.own() ?? text.known.text,
    setBody: (next) => (text.known = next),
    attachEditor: (port) => {
      text.port = port
      return () => {
        text.known = port.read()
        text.port = null
      }
    },
    editor: () => text.port,
    change: (patch) => {
      state.set((now) => ({ ...now, ...patch }))
      touched()
    },
    touched,
    hasChanged,
    content,
    onCommit: (commit) => {
      commits.add(commit)
      return () => commits.delete(commit)
    },
    commitFields,
    leaving,
    release: (fate) => {
      unwatchEdits()
      unwatchFiles()
      unhold()
      unkept()
      underway.done()
      files.release(fate)
      forgetDraft(app.person.address, id)
    },
  }
}

const htmlOf = ({ format }: LetterState, { html }: Body): string => (format === 'rich' ? html : '')

function contentOf(state: LetterState, body: Body, files: Files): Draft {
  const { from, extra, to, cc, bcc, subject, thread, draft, lineage, planned, wishes } = state
  const html = htmlOf(state, body)
  const text = body.text
  const uploads = uploadsOf(filesThatLeave(files, html), html)
  const rest = { ...thread, draft, lineage, ...(planned ? { planned } : {}) }
  return { from, ...extra, to, cc, bcc, subject, html, text, uploads, wishes, ...rest }
}

interface AutosaveInput {
  id: string
  app: App
  account: number
  state: Signal<LetterState>
  content: () => Draft
  isHeavy: () => boolean
}

/** From here on a draft goes to the server once a minute and when it is closed; the browser keeps every word. */
const heavyDraft = 1_000_000

const sizeOf = ({ html, text }: Body, { list }: Pick<Files, 'list'>): number =>
  list.get().reduce((sum, { size }) => sum + size, html.length + text.length)

const autosaveOf = ({ id, app, account, state, content, isHeavy }: AutosaveInput): Autosave => {
  let last: ReturnType<typeof keepDraft> = 'kept'
  let write = createLongJson()
  const autosave = createAutosave<Draft>({
    // Where the browser's storage is full the server's copy is the only one.
    isHeavy: () => last === 'kept' && isHeavy(),
    read: content,
    keep: (draft, kept) => {
      const before = last
      last = keepDraft(app.person.address, { id, savedAt: Date.now(), state: kept, draft })
      if (last === 'not-kept' && before === 'kept' && kept === 'unsaved') void autosave.flush()
    },
    save: async (draft) => {
      const saved = await call('saveDraft', { account, draft }, { write }).catch((cause: unknown) => {
        // What the browser had put aside of the last save, it may have lost: the next is written anew.
        write = createLongJson()
        throw cause
      })
      const { elsewhere, ...filed } = saved
      state.set((now) => ({
        ...now,
        draft: filed,
        // That it was taken away is seen once; that there are others, for as long as they are there.
        elsewhere: now.elsewhere.is === 'gone' && elsewhere.is === 'nothing' ? now.elsewhere : elsewhere,
        saved: { ...now.saved, at: new Date() },
      }))
    },
    // Said at every key, and drawn only when it is news.
    told: (is) =>
      state.set((now) => (now.saved.state === is ? now : { ...now, saved: { ...now.saved, state: is } })),
  })
  return autosave
}

/**
 * Pictures that stand in the text, and files. Where the text cannot hold pictures, one's own become files; those of
 * a quoted text stay with who sent them.
 */
export const filesThatLeave = ({ list }: Pick<Files, 'list'>, html: string): AttachedFile[] =>
  list.get().filter(({ cid, origin }) => {
    if (!cid) return true
    return html === '' ? origin === 'own' : isNamed(html, cid)
  })

const isNamed = (html: string, cid: string): boolean => html.includes(`src="cid:${cid}"`)

const uploadsOf = (leaving: readonly AttachedFile[], html: string): Draft['uploads'] =>
  leaving.flatMap(({ state, name, cid }) => {
    if (state.is !== 'ready') return []
    const { cid: _, ...upload } = state.upload
    return [{ ...upload, name, ...(cid && isNamed(html, cid) ? { cid } : {}) }]
  })

/** Nothing in it that anybody would miss. */
export const isEmpty = ({ to, cc, bcc, subject, text, uploads }: Draft): boolean =>
  to.length + cc.length + bcc.length + uploads.length === 0 && subject.trim() === '' && text.trim() === ''
