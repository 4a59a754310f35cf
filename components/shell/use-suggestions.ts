'use client'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { whenUsed } from '@/components/ui/idle'
import { useApp, useMail, useSearch, useUi } from '@/lib/client/react'
import type { Search } from '@/lib/client/place'
import { rememberSearch } from '@/lib/client/searches'
import type { Language } from '@/lib/i18n'
import { loadLaterWords } from '@/lib/i18n/later'
import type { LaterWords } from '@/lib/i18n/later'
import { useLanguage } from '@/lib/i18n/react'
import type { Address } from '@/lib/model/address'
import { parseSearch } from '@/lib/model/search'
import type { SearchProblem } from '@/lib/model/search'
import type { Entry } from './search-entries'
import type * as PanelParts from './search-panel'

type Parts = typeof PanelParts & { words: LaterWords }
type Field = RefObject<HTMLInputElement | null>
type Sought = Pick<Entry, 'kind'> & { search: Search }

const loadParts = async (language: Language): Promise<Parts> => {
  const [found, words] = await Promise.all([import('./search-panel'), loadLaterWords(language)])
  return { ...found, words }
}

/** What hangs under the field; null until it is there. A network that fails is asked again when the field is used. */
const useParts = (open: boolean): Parts | null => {
  const language = useLanguage()
  const [parts, setParts] = useState<Parts | null>(null)
  useEffect(() => {
    if (parts) return
    const load = () => void loadParts(language).then(setParts, () => undefined)
    if (!open) return whenUsed(load)
    load()
  }, [parts, open, language])
  return parts
}

/** The people who match, for what is typed now. */
const usePeople = (parts: Parts | null, typed: string): readonly Address[] => {
  const app = useApp()
  const [found, setFound] = useState<{ typed: string; list: readonly Address[] }>({ typed: '', list: [] })
  useEffect(() => {
    let current = true
    if (!parts || typed.trim() === '') return
    void parts.peopleFor(app, typed).then((list) => current && setFound({ typed, list }))
    return () => {
      current = false
    }
  }, [app, parts, typed])
  return found.typed === typed ? found.list : nobody
}
const nobody: readonly Address[] = []

/**
 * Understood without the later words of the language: `in:` names folders as they are shown, and what cannot be read may be
 * said in that language.
 */
const isPlain = (text: string): boolean => parseSearch(text).ok && !/\bin[:：]/i.test(text)

/** What was typed before the page answered stands in the field, and nowhere else. */
const useTypedEarly = (field: Field, take: (text: string) => void): void => {
  const app = useApp()
  useLayoutEffect(() => {
    const early = field.current
    if (!early) return
    if (early.value !== early.defaultValue) take(early.value)
    if (early === document.activeElement) app.ui.set((ui) => ({ ...ui, overlay: 'palette' }))
  }, [app, field, take])
}

/** What is typed, what it finds, which of it is chosen. */
export const useSuggestions = (field: Field) => {
  const app = useApp()
  const language = useLanguage()
  const open = useUi((ui) => ui.overlay === 'palette')
  const mailboxes = useMail((state) => state.mailboxes)
  const search = useSearch()
  const parts = useParts(open)
  // What is looked for stands in the field until something else is typed.
  const [draft, setDraft] = useState<string | null>(null)
  const typed = draft ?? search?.text ?? ''
  useTypedEarly(field, setDraft)
  const [chosen, setChosen] = useState(0)
  const [mistake, setMistake] = useState<SearchProblem | null>(null)
  const people = usePeople(parts, open ? typed : '')
  const entries = useMemo(
    () => (open && parts ? parts.entriesFor(app, typed, { mailboxes, people, words: parts.words }) : []),
    [app, open, mailboxes, typed, parts, people],
  )
  const show = () => app.ui.set((ui) => ({ ...ui, overlay: 'palette' }))
  /** The search that waits for its words, and whether more was typed since. */
  const asked = useRef<{ more: 'no' | 'yes' } | null>(null)
  const hide = () => {
    asked.current = null
    setDraft(null)
    setMistake(null)
    setChosen(0)
    app.ui.set((ui) => (ui.overlay === 'palette' ? { ...ui, overlay: 'none' } : ui))
  }
  const type = (text: string) => {
    if (asked.current) asked.current.more = 'yes'
    setDraft(text)
    setMistake(null)
    setChosen(0)
    show()
  }
  const step = (by: number) =>
    setChosen((now) => (entries.length === 0 ? 0 : (now + by + entries.length) % entries.length))
  /** Looking for mail begins only with what can be understood; else the word is shown. */
  const begin = (known: Parts | null, { kind, search: sought }: Sought, leave: () => void) => {
    const text = known
      ? known.written(sought.text, { words: app.words(), later: known.words, mailboxes })
      : sought.text
    const parsed = parseSearch(text)
    if (!parsed.ok) {
      if (asked.current?.more === 'yes') return
      // It is pointed at in what stands in the field.
      setDraft(text)
      return setMistake(parsed.problem)
    }
    if (kind !== 'saved') rememberSearch(app, text)
    leave()
    app.find({ ...sought, text })
  }
  const pick = ({ kind, search: sought, run }: Entry, leave: () => void) => {
    asked.current = null
    if (sought) return begin(parts, { kind, search: sought }, leave)
    leave()
    run()
  }
  /** Before there are suggestions. */
  const look = (leave: () => void) => {
    const text = typed.trim()
    if (text === '') return
    const sought: Sought = { kind: 'mail', search: { text, scope: 'mail' } }
    if (isPlain(text)) return begin(null, sought, leave)
    const mine = { more: 'no' as 'no' | 'yes' }
    asked.current = mine
    const go = (known: Parts | null) => {
      if (asked.current !== mine) return
      begin(known, sought, mine.more === 'yes' ? () => undefined : leave)
      if (asked.current === mine) asked.current = null
    }
    void loadParts(language).then(go, () => go(null))
  }
  const waits = () => asked.current !== null
  return { parts, open, typed, chosen, entries, mistake, pick, look, waits, show, hide, type, step }
}
