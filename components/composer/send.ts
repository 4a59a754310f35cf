import { showToast } from '@/components/ui/toast'
import { answerOf, call, codeOf, wordsOf } from '@/lib/client/api'
import type { App } from '@/lib/client/app'
import { steadyPress } from '@/lib/client/press'
import type { Draft, Job } from '@/lib/model/draft'
import { nearDomains } from './addresses/doubts'
import { problemOf } from './addresses/problem'
import { arrange, compose, desk, putAway } from './desk'
import { isComing, isQuoted, type AttachedFile } from './files/files'
import { promisesAttachment } from './files/reminder'
import { forgetJob, shownTime } from './outbox'
import { askRedirect } from './redirect-wish'
import { sentFromHere } from './sent-from-here'
import { fields, isEmpty, type Letter, type LetterState } from './letter'

// What happens at the end of writing: sending with a way back, closing with the draft kept, discarding with a way
// back. The window goes at once where nothing can be lost by it, and comes back with every word where it can.

export type Insist = 'no' | 'without-files'

/** What the button does: at once, unless this was planned and only taken back to be changed. */
export function sendNow(letter: Letter, app: App): Promise<void> {
  const { planned } = letter.state.get()
  letter.state.set((now) => ({ ...now, at: planned && Date.parse(planned) > Date.now() ? planned : null }))
  return send(letter, app)
}

export function sendLater(letter: Letter, app: App, at: Date): Promise<void> {
  letter.state.set((now) => ({ ...now, at: at.toISOString() }))
  return send(letter, app)
}

/** Sends, or says in the window why not yet. */
export async function send(letter: Letter, app: App, insist: Insist = 'no'): Promise<void> {
  letter.commitFields()
  const { sending } = letter.state.get()
  if (sending === 'sending') return
  const warning = whyNotYet(letter, app, insist)
  if (warning === 'addresses') return
  const set = (patch: Partial<LetterState>) => letter.state.set((now) => ({ ...now, ...patch }))
  set({ warning, sending: 'no' })
  if (warning !== 'none') return
  if (letter.state.get().quote === 'loading') return waitForQuote(letter, app, insist)
  if (isUploading(letter)) return waitForFiles(letter, app)
  set({ sending: 'sending' })
  await letter.autosave.hold()
  try {
    const undoSeconds = app.preferences.get().undoSeconds
    const message = letter.content()
    const { at } = letter.state.get()
    const id = pressOf(letter, message, at)
    const { account } = letter
    const job = await call('sendMessage', { account, id, message, undoSeconds, ...(at ? { at } : {}) })
    finish(letter)
    sentFromHere.add(job.id)
    if (at) return planned(letter, app, job)
    // Refused at once: told before it was known that it is this tab's.
    const { jobs } = app.mail.get()
    if (jobs.some((one) => one.id === job.id && one.state === 'failed'))
      return void takeBack(app, letter.account, job.id)
    const text = app.words().composer.sent
    offerUndo(app, { account: letter.account, job, seconds: undoSeconds, text })
  } catch (problem) {
    set({ sending: 'no' })
    letter.autosave.resume()
    if (codeOf(problem) === 'draft-changed') return sayElsewhere(letter, () => tellNotSent(app, problem))
    tellNotSent(app, problem)
  }
}

/** The server tells of the other versions when a draft is saved, so this one is. */
async function sayElsewhere(letter: Letter, otherwise: () => void): Promise<void> {
  letter.touched()
  await letter.autosave.flush()
  if (letter.state.get().elsewhere.is === 'nothing') return otherwise()
  letter.state.set((now) => ({ ...now, warning: 'elsewhere' }))
}

const presses = new WeakMap<Letter, (words: string) => string>()

function pressOf(letter: Letter, message: Draft, at: string | null): string {
  const press = presses.get(letter) ?? steadyPress()
  presses.set(letter, press)
  return press(JSON.stringify({ ...message, draft: null, at }))
}

const isFailed = ({ state }: AttachedFile): boolean => state.is === 'failed'

type Warning = LetterState['warning'] | 'addresses'

function whyNotYet(letter: Letter, app: App, insist: Insist): Warning {
  const state = letter.state.get()
  const everyone = fields.flatMap((field) => state[field])
  const answersTo = state.extra.replyTo ?? []
  if ([...everyone, ...answersTo].some((who) => problemOf(who) !== null)) return 'addresses'
  if (state.elsewhere.is !== 'nothing') return 'elsewhere'
  if (nearDomains(state, app).length > 0) return 'domains'
  if (everyone.length === 0) return 'recipients'
  const files = letter.leaving()
  if (files.some(isFailed)) return 'files'
  const promised = files.every(isQuoted) && promisesAttachment(letter.ownWords())
  return promised && insist === 'no' ? 'promised' : 'none'
}

const isUploading = (letter: Letter): boolean => letter.leaving().some(isComing)

/** "Send" was pressed while files are on their way: it happens when they are there. */
function waitForFiles(letter: Letter, app: App): void {
  letter.state.set((now) => ({ ...now, sending: 'files' }))
  const stop = letter.files.list.subscribe(() => {
    if (isUploading(letter)) return
    stop()
    if (letter.state.get().sending === 'files') void send(letter, app, 'without-files')
  })
}

/** An answer without its original would be another letter, and a message passed on would be none. */
function waitForQuote(letter: Letter, app: App, insist: Insist): void {
  letter.state.set((now) => ({ ...now, sending: 'quote' }))
  const stop = letter.state.subscribe(() => {
    const { quote, sending } = letter.state.get()
    if (quote === 'loading' && sending === 'quote') return
    stop()
    if (sending !== 'quote') return
    if (quote === 'there') void send(letter, app, insist)
    else dontSend(letter)
  })
}

/** What was to leave as soon as something is there does not any more. */
const dontSend = (letter: Letter): void => letter.state.set((now) => ({ ...now, sending: 'no' }))

/** The outbox has every word; a draft beside it would be sent a second time by whoever finds it. */
function planned(letter: Letter, app: App, job: Job): void {
  const text = app.words().composer.planned(shownTime(job.dueAt))
  offerUndo(app, { account: letter.account, job, seconds: 10, text })
  const { draft } = letter.state.get()
  if (!draft) return
  const { account } = letter
  void call('deleteMessages', { account, folder: draft.folder, ids: [draft.message] }).catch(() => undefined)
}

function finish(letter: Letter): void {
  putAway(letter.id)
  letter.release('kept')
}

interface Leaving {
  account: number
  job: Job
  seconds: number
  /** What the toast says. */
  text: string
}

export function offerUndo(app: App, { account, job, seconds, text }: Leaving): void {
  const words = app.words().composer
  if (seconds === 0) return void showToast({ text })
  const undo = app.undo.push({ text, undo: () => takeBack(app, account, job.id) })
  showToast({
    text,
    seconds,
    action: { label: words.undo, run: () => void app.undo.run(undo) },
  })
  setTimeout(() => app.undo.forget(undo), seconds * 1000)
}

/** Opens a message again that waits in the outbox. */
export async function takeBack(app: App, account: number, job: string): Promise<void> {
  try {
    const { draft, kind } = await call('cancelJob', { account, job })
    forgetJob(app, job)
    if (kind === 'message') return void compose({ kind: 'again', draft, account })
    const { to, subject, original } = draft
    askRedirect(app, { to, subject, at: original && { account, ...original } })
  } catch (problem) {
    const words = app.words()
    const code = codeOf(problem)
    const text = code === 'already-sent' ? words.composer.tooLate : words.errors[code].title
    showToast({ text, tone: 'bad' })
  }
}

function tellNotSent(app: App, problem: unknown): void {
  const words = app.words()
  const { title, advice } = wordsOf(words, problem)
  if (codeOf(problem) === 'signed-out') app.mail.apply({ type: 'signed-out' })
  const answer = answerOf(problem)
  showToast({ tone: 'bad', seconds: 12, text: words.composer.notSent(answer || `${title}. ${advice}`) })
}

/** Closing asks nothing: the draft is saved, and that is said. */
export async function close(letter: Letter, app: App): Promise<void> {
  letter.commitFields()
  dontSend(letter)
  const content = letter.content()
  const isNothing = isEmpty(content) && letter.leaving().length === 0 && !content.draft
  const isKept = letter.hasChanged() && !isNothing
  if (isKept && isUploading(letter)) return closeWithFiles(letter, app)
  putAway(letter.id)
  if (!isKept) return letter.release('dropped')
  const words = app.words().composer
  const state = letter.autosave.isClean() ? 'saved' : await letter.autosave.flush()
  if (state === 'failed') return void showToast({ text: words.draftNotSaved, tone: 'bad', seconds: 10 })
  await letter.autosave.hold()
  const { account } = letter
  const draft = { ...content, draft: letter.state.get().draft }
  letter.release('kept')
  const isBeside = letter.state.get().elsewhere.is === 'changed'
  showToast({
    text: isBeside ? words.closedBeside : words.closedSaved,
    action: { label: words.open, run: () => void compose({ kind: 'again', draft, account }) },
  })
}

const closing = new WeakSet<Letter>()

/**
 * A draft without what is still on its way would not be what was closed: the window stays, small, until that is
 * there. Opened again meanwhile, it stays open.
 */
function closeWithFiles(letter: Letter, app: App): void {
  arrange(letter.id, 'minimised')
  if (closing.has(letter)) return
  closing.add(letter)
  showToast({ text: app.words().composer.closesLater })
  const stop = letter.files.list.subscribe(() => {
    const layout = desk.get().find(({ id }) => id === letter.id)?.layout
    const isWanted = layout === 'minimised'
    if (isWanted && isUploading(letter)) return
    stop()
    closing.delete(letter)
    if (!isWanted) return
    if (!letter.leaving().some(isFailed)) return void close(letter, app)
    letter.state.set((now) => ({ ...now, warning: 'files' }))
    arrange(letter.id, 'docked')
  })
}

/** Throws the message away, with a way back that has every word. */
export async function discard(letter: Letter, app: App): Promise<void> {
  dontSend(letter)
  const content = letter.content()
  const unfinished = letter.files.unfinished()
  putAway(letter.id)
  await letter.autosave.hold()
  const { draft } = letter.state.get()
  const isNothing = isEmpty(content) && unfinished.length === 0 && !draft
  // The way back needs the files that were up.
  letter.release(isNothing ? 'dropped' : 'kept')
  const { account } = letter
  const words = app.words().composer
  if (isNothing) return
  const again = () => void compose({ kind: 'again', draft: { ...content, draft: null }, account, unfinished })
  showToast({ text: words.discarded, action: { label: words.undo, run: again } })
  if (!draft) return
  const place = app.place()
  // The reader beside does not go on showing what was thrown away.
  if (place?.folder === draft.folder && place.message === draft.message)
    app.go({ ...place, message: null }, 'replace')
  await call('deleteMessages', { account, folder: draft.folder, ids: [draft.message] }).catch(
    (problem: unknown) => app.notify({ tone: 'bad', text: app.words().errors[codeOf(problem)].title }),
  )
}
