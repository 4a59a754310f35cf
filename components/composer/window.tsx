'use client'
import { useEffect, useRef, useState } from 'react'
import { cx } from '@/components/ui/cx'
import { Skeleton } from '@/components/ui/skeleton'
import type { App } from '@/lib/client/app'
import { useApp, usePreferences } from '@/lib/client/react'
import { snippetFor } from '@/lib/client/snippets'
import { signal, useParts, useSignal } from '@/lib/client/signal'
import { useLaterWords } from '@/lib/i18n/later'
import { useWords } from '@/lib/i18n/react'
import type { EditorView } from 'prosemirror-view'
import { AddressField } from './addresses/field'
import { desk, type Layout, type OpenLetter } from './desk'
import { FormatBar, type EditorShared } from './editor/format-bar'
import { LinkRow } from './editor/link-row'
import { PlainEditor } from './editor/plain-editor'
import { PictureRow } from './editor/picture-row'
import { RichEditor } from './editor/rich-editor'
import { FileList } from './files/file-list'
import { pictureActsOf, picturesOf } from './files/pictures'
import { Footer, type Strip } from './footer'
import { From } from './from'
import { fields, type Field, type Letter } from './letter'
import { Notices } from './notices'
import { rowClass } from './row'
import { close, sendNow } from './send'
import { templateText } from './template'
import { startLetter } from './start'
import { TitleBar, titleOf } from './title-bar'

// Letters outlive their windows: React may draw a window twice, a letter is made once.
const letters = new Map<string, Letter>()

export function letterOf({ id, start }: OpenLetter, app: App): Letter {
  const letter = letters.get(id) ?? startLetter(id, start, app)
  letters.set(id, letter)
  const open = new Set(desk.get().map((one) => one.id))
  for (const gone of letters.keys()) if (!open.has(gone)) letters.delete(gone)
  return letter
}

const shapes: Record<Exclude<Layout, 'page'>, string> = {
  docked:
    'h-[min(640px,calc(100dvh-68px))] w-[min(660px,calc(100vw-56px))] rounded-t-l border border-b-0 shadow-float max-split:fixed max-split:inset-0 max-split:h-dvh max-split:w-full max-split:rounded-none max-split:border-0',
  minimised: 'h-11 w-[280px] rounded-t-l border border-b-0 shadow-float',
  full: 'fixed inset-0 m-auto h-[calc(100dvh-48px)] w-[min(1080px,calc(100vw-48px))] rounded-l border shadow-float max-split:h-dvh max-split:w-full max-split:rounded-none max-split:border-0',
}

/** A message being written. Not modal: mail can be read meanwhile. */
export default function ComposerWindow({ open }: { open: OpenLetter }) {
  const app = useApp()
  const words = useWords()
  const letter = letterOf(open, app)
  const subject = useSignal(letter.state, (state) => titleOf(state, words))
  const { layout } = open
  if (layout === 'page') return null
  return (
    <>
      {layout === 'full' && <div className="fixed inset-0 animate-fade bg-veil max-split:hidden" />}
      <section
        role="dialog"
        aria-label={subject}
        data-scope="composer"
        data-layout={layout}
        className={cx(
          'pointer-events-auto flex animate-rise flex-col overflow-hidden border-line-strong bg-raised text-ink',
          shapes[layout],
        )}
      >
        <TitleBar letter={letter} layout={layout} />
        <div className={cx('flex min-h-0 grow flex-col', layout === 'minimised' && 'hidden')}>
          <LetterForm letter={letter} />
        </div>
      </section>
    </>
  )
}

interface FormKeys {
  letter: Letter
  app: App
  onLink: () => void
}

function formKey(event: React.KeyboardEvent, { letter, app, onLink }: FormKeys): void {
  // React's events rise out of portals: what is pressed in a dialog or menu of the form is not for the form.
  if (!(event.target instanceof Node && event.currentTarget.contains(event.target))) return
  // ProseMirror prevents the default of Enter and Escape even when none of its commands took them.
  const inText = event.target instanceof Element && event.target.closest('.ProseMirror') !== null
  if ((event.defaultPrevented && !inText) || event.nativeEvent.isComposing) return
  const withMod = event.ctrlKey || event.metaKey
  if (withMod && event.key === 'Enter') void sendNow(letter, app)
  else if (withMod && event.shiftKey && event.key.toLowerCase() === 'k') onLink()
  else if (event.key === 'Escape') void close(letter, app)
  else return
  event.preventDefault()
  event.stopPropagation()
}

/** Everything below the title, also used by the page of its own. */
export function LetterForm({ letter }: { letter: Letter }) {
  const { composer: words } = useWords()
  const app = useApp()
  const loading = useSignal(letter.state, (state) => state.loading)
  const format = useSignal(letter.state, (state) => state.format)
  const [strip, setStrip] = useState<Strip>('none')
  const [shared] = useState<EditorShared>(() => ({
    view: signal<EditorView | null>(null),
    ticks: signal(0),
    pictures: picturesOf(letter.files),
  }))
  const drop = useFileDrop(letter)
  if (loading === 'loading') return <FormLoading />
  if (loading === 'failed') return <p className="p-[18px] text-bad">{words.draftFailed}</p>
  return (
    <div
      className="relative flex min-h-0 grow flex-col"
      {...drop.handlers}
      onKeyDown={(event) => formKey(event, { letter, app, onLink: () => setStrip('link') })}
    >
      {/* On a phone there is no room for a text that scrolls by itself among all this. */}
      <div className="flex min-h-0 grow flex-col max-split:overflow-y-auto max-split:overscroll-contain">
        <Addressing letter={letter} />
        <Subject letter={letter} />
        <div className="min-h-24 grow overflow-y-auto overscroll-contain max-split:min-h-44 max-split:shrink-0 max-split:overflow-visible">
          <Text letter={letter} shared={shared} />
        </div>
        <FileList letter={letter} shared={shared} />
        <Notices letter={letter} />
      </div>
      <Pictures letter={letter} shared={shared} />
      {strip === 'formats' && format === 'rich' && <FormatBar shared={shared} />}
      {strip === 'link' && format === 'rich' && <LinkRow shared={shared} onDone={() => setStrip('none')} />}
      <Footer letter={letter} shared={shared} strip={strip} onStrip={setStrip} />
      {drop.state === 'over' && (
        <div className="pointer-events-none absolute inset-2 z-30 grid place-items-center rounded-l border-2 border-dashed border-accent bg-accent-soft/90 text-md font-medium text-accent">
          {words.dropHere}
        </div>
      )}
    </div>
  )
}

function Addressing({ letter }: { letter: Letter }) {
  const { composer: words } = useWords()
  const { compose: more } = useLaterWords()
  const state = useParts(letter.state, [...fields, 'shownFields', 'extra'])
  const show = (field: Field) =>
    letter.state.set((now) => ({ ...now, shownFields: new Set([...now.shownFields, field]) }))
  const hidden = fields.filter((field) => !state.shownFields.has(field))
  // An answer begins with the text, a new message with whom it is for.
  const [startsHere] = useState(() => state.to.length === 0)
  return (
    <>
      <From letter={letter} />
      {fields
        .filter((field) => state.shownFields.has(field))
        .map((field) => (
          <AddressField
            key={field}
            label={words[field]}
            list={state[field]}
            autoFocus={field === 'to' ? startsHere : state[field].length === 0}
            onChange={(list) => letter.change({ [field]: list, warning: 'none' })}
            onCommit={letter.onCommit}
          >
            {field === 'to' && hidden.length > 0 && (
              <span className="flex shrink-0 text-ink-3">
                {hidden.map((other) => (
                  <button
                    key={other}
                    type="button"
                    className="rounded-s px-1.5 py-[3px] hover:bg-hover hover:text-ink pointer-coarse:min-h-11 pointer-coarse:px-3"
                    onClick={() => show(other)}
                  >
                    {words[other]}
                  </button>
                ))}
              </span>
            )}
          </AddressField>
        ))}
      {state.shownFields.has('replyTo') && (
        <AddressField
          label={more.replyTo}
          list={state.extra.replyTo ?? []}
          autoFocus={(state.extra.replyTo ?? []).length === 0}
          onChange={(replyTo) => letter.change({ extra: { ...state.extra, replyTo } })}
          onCommit={letter.onCommit}
        />
      )}
    </>
  )
}

function Subject({ letter }: { letter: Letter }) {
  const { composer: words } = useWords()
  const subject = useSignal(letter.state, (state) => state.subject)
  return (
    <label className={rowClass}>
      <span className="w-[58px] shrink-0 text-ink-3">{words.subject}</span>
      <input
        value={subject}
        maxLength={2000}
        dir="auto"
        className="min-w-0 grow bg-transparent outline-none pointer-coarse:h-9 pointer-coarse:text-[16px]"
        onChange={(event) => letter.change({ subject: event.target.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return
          event.preventDefault()
          letter.editor()?.focus()
        }}
      />
    </label>
  )
}

function Text({ letter, shared }: { letter: Letter; shared: EditorShared }) {
  const { composer: words, reader } = useWords()
  const format = useSignal(letter.state, (state) => state.format)
  const [focus] = useState<'start' | 'none'>(() => (letter.state.get().to.length > 0 ? 'start' : 'none'))
  const common = {
    label: words.message,
    first: letter.body,
    focus,
    attach: letter.attachEditor,
    onChange: letter.touched,
    onFiles: letter.files.add,
    pictures: shared.pictures,
    wishes: usePreferences(),
    expand: (shortcut: string) => {
      const found = snippetFor(shortcut)
      return found && templateText(letter, found)
    },
  }
  return format === 'rich' ? (
    <RichEditor {...common} {...shared} historyLabel={reader.showHistory} />
  ) : (
    <PlainEditor {...common} />
  )
}

function Pictures({ letter, shared }: { letter: Letter; shared: EditorShared }) {
  const { compose: words } = useLaterWords()
  const files = useSignal(letter.files.list, (list) => list)
  return <PictureRow shared={shared} acts={pictureActsOf({ files: letter.files, list: files, words })} />
}

function FormLoading() {
  return (
    <div aria-hidden="true" className="grid animate-late gap-4 p-[18px]">
      {['w-2/3', 'w-1/2', 'w-full', 'w-4/5'].map((width) => (
        <Skeleton key={width} className={`h-4 ${width}`} />
      ))}
    </div>
  )
}

const carriesFiles = (event: React.DragEvent): boolean => event.dataTransfer.types.includes('Files')

function useFileDrop(letter: Letter) {
  const [state, setState] = useState<'none' | 'over'>('none')
  const depth = useRef(0)
  useEffect(() => () => void (depth.current = 0), [])
  return {
    state,
    handlers: {
      onDragEnter: (event: React.DragEvent) => {
        if (!carriesFiles(event)) return
        depth.current++
        setState('over')
      },
      onDragOver: (event: React.DragEvent) => {
        if (carriesFiles(event)) event.preventDefault()
      },
      onDragLeave: (event: React.DragEvent) => {
        if (carriesFiles(event) && --depth.current <= 0) setState('none')
      },
      onDrop: (event: React.DragEvent) => {
        depth.current = 0
        setState('none')
        if (!carriesFiles(event) || event.defaultPrevented) return
        event.preventDefault()
        letter.files.add(event.dataTransfer.files)
      },
    },
  }
}
