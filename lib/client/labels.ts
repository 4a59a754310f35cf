import type { Flags } from '@/lib/model/flags'
import { isPersonal, sameKeyword } from '@/lib/model/label-name'
import type { Label, LabelColour } from '@/lib/model/label'
import type { MessageId } from '@/lib/model/message-id'
import { flagsOf, tellProblem } from './actions'
import type { Targets } from './actions'
import type { App } from './app'
import { call } from './api'
import type { Change, MailState } from './cache/state'
import { inOwnWords, keptName } from './label-names'
import type { Search } from './place'
import { askBulk } from './whole'

// Labels on messages, and the labels themselves.

const isOn = (flags: Flags | undefined, keyword: string): boolean =>
  flags?.keywords.some((one) => sameKeyword(one, keyword)) ?? false

/** The labels among what a message carries, in the order labels are listed. */
export const labelsOf = (labels: readonly Label[], keywords: readonly string[]): Label[] =>
  keywords.length === 0
    ? []
    : labels.filter(({ keyword }) => keywords.some((one) => sameKeyword(one, keyword)))

/** Messages with a label, in all folders but Junk and Trash: the keyword, so that a new name breaks no link. */
export const labelSearch = ({ keyword }: Pick<Label, 'keyword'>): Search => ({
  text: `label:${keyword}`,
  scope: 'mail',
})

/** The label a search asks for, when that is all it asks for. */
export const labelSought = (labels: readonly Label[], search: Search | null): Label | undefined => {
  const asked = search && /^label:(\S+)$/.exec(search.text.trim())?.[1]
  return asked ? labels.find(({ keyword }) => sameKeyword(keyword, asked)) : undefined
}

/** Keywords that somebody put on these messages in another program, and that are no labels yet. */
export const strangersOn = (state: MailState, { ids, ...at }: Targets): string[] => {
  const all = ids.flatMap((id) => flagsOf(state, at, id)?.keywords ?? [])
  const known = (word: string) => state.labels.some(({ keyword }) => sameKeyword(keyword, word))
  return [...new Set(all)].filter((word) => isPersonal(word) && !known(word)).slice(0, 20)
}

export type Ticked = 'all' | 'some' | 'none'

export const tickOf = (state: MailState, { ids, ...at }: Targets, keyword: string): Ticked => {
  const on = ids.filter((id) => isOn(flagsOf(state, at, id), keyword)).length
  if (on === 0) return 'none'
  return on === ids.length ? 'all' : 'some'
}

const withKeyword = (flags: Flags, keyword: string, on: boolean): Flags => {
  const others = flags.keywords.filter((one) => !sameKeyword(one, keyword))
  return { ...flags, keywords: on ? [...others, keyword] : others }
}

interface Labelling {
  label: Pick<Label, 'keyword' | 'name'>
  on: boolean
}

const setLabel = async (
  app: App,
  { ids, ...at }: Targets,
  { label: { keyword }, on }: Labelling,
): Promise<readonly MessageId[]> => {
  const expected = (state: MailState): Change => ({
    type: 'flags',
    ...at,
    changes: ids.flatMap((id) => {
      const flags = flagsOf(state, at, id)
      return flags ? [{ id, flags: withKeyword(flags, keyword, on) }] : []
    }),
  })
  const { changed } = await app.mail.act({
    change: expected,
    request: () => call('labelMessages', { ...at, ids: [...ids], keyword, on }),
  })
  const search = app.search()
  // A list of what carries the label holds others now.
  if (labelSought(app.mail.get().labels, search) && search)
    void app.mail.findAgain({ account: at.account, ...search })
  return changed
}

/** Shown at once; undone, only those that were changed change back. */
export const applyLabel = async (app: App, targets: Targets, wish: Labelling): Promise<void> => {
  const { label, on } = wish
  if (targets.reach) return askBulk(app, { kind: 'label', keyword: label.keyword, on })
  const { labels } = app.words()
  const text = on ? labels.put(label.name, targets.ids.length) : labels.taken(label.name, targets.ids.length)
  try {
    const changed = await setLabel(app, targets, wish)
    if (changed.length === 0) return
    const back = { ...targets, ids: changed }
    const undo = app.undo.push({
      text,
      undo: async () => {
        await setLabel(app, back, { label, on: !on }).catch((problem: unknown) =>
          tellProblem(app, app.words().shell.undo, problem),
        )
      },
    })
    app.notify({ tone: 'plain', text, undo })
  } catch (problem) {
    tellProblem(app, text, problem)
  }
}

const put = (app: App, label: Label): void =>
  app.mail.update((state) => {
    const others = state.labels.filter(({ keyword }) => !sameKeyword(keyword, label.keyword))
    return { ...state, labels: inOwnWords([...others, label], app.words().labels.usual) }
  })

interface Wish {
  name: string
  colour: LabelColour
}

/** Throws what the server said: who asked shows it. */
export const createLabel = async (app: App, wish: Wish): Promise<Label> => {
  const label = await call('createLabel', { account: app.person.account, ...wish })
  put(app, label)
  return label
}

export const changeLabel = async (app: App, keyword: string, { name, colour }: Wish): Promise<void> => {
  const kept = { name: keptName({ keyword, name }, app.words().labels.usual), colour }
  put(app, await call('changeLabel', { account: app.person.account, keyword, ...kept }))
}

export const removeLabel = async (app: App, { keyword, name }: Label): Promise<void> => {
  const { account } = app.person
  const { labels } = app.words()
  try {
    const { state: is } = await call('removeLabel', { account, keyword })
    // The server tells how far it has come, and of the label's end.
    if (is === 'running') return
    app.mail.update((state) => ({
      ...state,
      labels: state.labels.filter((one) => !sameKeyword(one.keyword, keyword)),
    }))
    if (labelSought([{ keyword, name, colour: 'grey', origin: 'own' }], app.search()))
      app.go({ account, folder: 'inbox', message: null }, 'replace')
    app.notify({ tone: 'plain', text: labels.removed(name) })
  } catch (problem) {
    tellProblem(app, labels.removing(name), problem)
  }
}

/** The dialog that makes a label, or changes this one. */
export const askLabel = (app: App, keyword: string | null): void =>
  app.ui.set((ui) => ({ ...ui, overlay: 'label-edit', label: keyword, drawer: 'closed' }))
