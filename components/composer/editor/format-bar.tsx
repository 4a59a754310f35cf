'use client'
import {
  AlignCenter,
  AlignLeft,
  AlignRight,
  Bold,
  Code,
  Heading,
  ImagePlus,
  Italic,
  List,
  ListOrdered,
  Minus,
  Quote,
  Redo2,
  RemoveFormatting,
  SquareCode,
  Strikethrough,
  Underline,
  Undo2,
} from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { useRef } from 'react'
import type { EditorView } from 'prosemirror-view'
import { Toolbar } from 'radix-ui'
import { IconButton } from '@/components/ui/icon-button'
import { useSignal, type Signal } from '@/lib/client/signal'
import { useLaterWords } from '@/lib/i18n/later'
import { useDirection, useWords } from '@/lib/i18n/react'
import { formats, type FormatName } from './commands'
import { EmojiMenu, LookMenus, TableMenu } from './look-menus'
import type { Pictures } from './picture-view'
import { putPictures } from './put-pictures'

const icons: Record<FormatName, LucideIcon> = {
  bold: Bold,
  italic: Italic,
  underline: Underline,
  strike: Strikethrough,
  code: Code,
  heading: Heading,
  bulletList: List,
  numberedList: ListOrdered,
  quote: Quote,
  codeBlock: SquareCode,
  left: AlignLeft,
  center: AlignCenter,
  right: AlignRight,
  rule: Minus,
  clear: RemoveFormatting,
  undo: Undo2,
  redo: Redo2,
}

export interface EditorShared {
  view: Signal<EditorView | null>
  ticks: Signal<number>
  /** Where none can be put in, there are none. */
  pictures?: Pictures
}

/** ProseMirror's spelling of a key in tinykeys', which the tooltips read. */
const shownKeys = (keys: string | undefined): string | undefined =>
  keys?.replaceAll('-', '+').replace('Mod', '$mod')

/** A button of the formatting bar: pressed when the cursor stands in such a thing. */
export function FormatButton({ name, shared }: { name: FormatName; shared: EditorShared }) {
  const words = useWords().composer.format
  const view = useSignal(shared.view, (now) => now)
  const isOn = useSignal(shared.ticks, () => {
    const state = shared.view.get()?.state
    return Boolean(state && formats[name].isOn?.(state))
  })
  const { run, keys, isOn: canBeOn } = formats[name]
  const Drawn = icons[name]
  return (
    <Toolbar.Button asChild>
      <IconButton
        label={words[name]}
        keys={shownKeys(keys)}
        icon={<Drawn />}
        aria-pressed={canBeOn ? isOn : undefined}
        // The text keeps its selection while the button is pressed.
        onPointerDown={(event) => event.preventDefault()}
        onClick={() => {
          if (!view) return
          run(view.state, view.dispatch, view)
          view.focus()
        }}
      />
    </Toolbar.Button>
  )
}

const groups: FormatName[][] = [
  ['undo', 'redo'],
  ['heading', 'underline', 'strike', 'code'],
  ['numberedList', 'quote', 'codeBlock', 'rule'],
  ['left', 'center', 'right'],
  ['clear'],
]

/** What is wanted less often; the most used stand in the footer. */
export function FormatBar({ shared }: { shared: EditorShared }) {
  const words = useWords().composer
  const direction = useDirection()
  return (
    <Toolbar.Root
      dir={direction}
      aria-label={words.formatting}
      className="flex flex-none flex-wrap items-center gap-px border-t border-line px-3.5 py-1 text-ink-2"
    >
      {groups.map((names, index) => (
        <span key={index} className="flex items-center gap-px max-split:contents">
          {index > 0 && <Toolbar.Separator className="mx-1.5 h-[18px] w-px bg-line max-split:hidden" />}
          {names.map((name) => (
            <FormatButton key={name} name={name} shared={shared} />
          ))}
          {index === 0 && (
            <>
              <Toolbar.Separator className="mx-1.5 h-[18px] w-px bg-line max-split:hidden" />
              <LookMenus shared={shared} />
            </>
          )}
          {names.includes('rule') && (
            <>
              <TableMenu shared={shared} />
              <PictureButton shared={shared} />
              <EmojiMenu shared={shared} />
            </>
          )}
        </span>
      ))}
    </Toolbar.Root>
  )
}

function PictureButton({ shared }: { shared: EditorShared }) {
  const { compose: words } = useLaterWords()
  const picker = useRef<HTMLInputElement>(null)
  const { pictures } = shared
  if (!pictures) return null
  return (
    <>
      <Toolbar.Button asChild>
        <IconButton
          label={words.insertPicture}
          icon={<ImagePlus />}
          onClick={() => picker.current?.click()}
        />
      </Toolbar.Button>
      <input
        ref={picker}
        type="file"
        accept="image/png,image/jpeg,image/gif,image/webp"
        multiple
        hidden
        onChange={(event) => {
          const view = shared.view.get()
          if (view) void putPictures(view, [...(event.target.files ?? [])], pictures)
          event.target.value = ''
        }}
      />
    </>
  )
}
