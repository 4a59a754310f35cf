'use client'
import { useRef } from 'react'
import { Link2, Paperclip, Trash2, Type } from 'lucide-react'
import { Toolbar } from 'radix-ui'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { useApp } from '@/lib/client/react'
import { useSignal } from '@/lib/client/signal'
import { useDirection, useWords } from '@/lib/i18n/react'
import { FormatButton, type EditorShared } from './editor/format-bar'
import { LaterMenu } from './later-menu'
import type { Letter } from './letter'
import { MoreMenu } from './more-menu'
import { discard, sendNow } from './send'
import { TemplateMenu } from './template-menu'

export type Strip = 'none' | 'formats' | 'link'

export interface FooterProps {
  letter: Letter
  shared: EditorShared
  strip: Strip
  onStrip: (strip: Strip) => void
}

export function Footer({ letter, shared, strip, onStrip }: FooterProps) {
  const { composer: words } = useWords()
  const app = useApp()
  const direction = useDirection()
  const picker = useRef<HTMLInputElement>(null)
  const format = useSignal(letter.state, (state) => state.format)
  const sending = useSignal(letter.state, (state) => state.sending)
  const toggle = (which: Strip) => onStrip(strip === which ? 'none' : which)
  return (
    <div className="flex h-14 flex-none items-center gap-1 border-t border-line ps-[18px] pe-3.5 text-ink-2 max-sm:ps-3">
      <span className="me-1 flex flex-none">
        <Button
          kind="primary"
          className="h-9 rounded-e-none px-4 pointer-coarse:h-11"
          data-tip={words.send}
          data-keys="$mod+Enter"
          state={sending === 'sending' ? 'busy' : 'idle'}
          onClick={() => void sendNow(letter, app)}
        >
          {words.send}
        </Button>
        <LaterMenu letter={letter} />
      </span>
      <Toolbar.Root
        dir={direction}
        aria-label={words.message}
        className="flex min-w-0 grow items-center gap-px"
      >
        {format === 'rich' && (
          <>
            <Toolbar.Button asChild>
              <IconButton
                label={words.formatting}
                icon={<Type />}
                aria-expanded={strip === 'formats'}
                onClick={() => toggle('formats')}
              />
            </Toolbar.Button>
            <span className="flex max-[420px]:hidden">
              <FormatButton name="bold" shared={shared} />
              <FormatButton name="italic" shared={shared} />
            </span>
            <Toolbar.Button asChild>
              <IconButton
                label={words.format.link}
                keys="$mod+Shift+k"
                icon={<Link2 />}
                className="max-[420px]:hidden"
                aria-expanded={strip === 'link'}
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => toggle('link')}
              />
            </Toolbar.Button>
            <span className="flex max-[420px]:hidden">
              <FormatButton name="bulletList" shared={shared} />
            </span>
          </>
        )}
        <Toolbar.Button asChild>
          <IconButton
            label={words.attachFiles}
            icon={<Paperclip />}
            onClick={() => picker.current?.click()}
          />
        </Toolbar.Button>
        <TemplateMenu letter={letter} />
        <span className="ms-auto" />
        <MoreMenu letter={letter} onLink={() => onStrip('link')} />
        <Toolbar.Button asChild>
          <IconButton label={words.discard} icon={<Trash2 />} onClick={() => void discard(letter, app)} />
        </Toolbar.Button>
      </Toolbar.Root>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          letter.files.add(event.target.files ?? [])
          event.target.value = ''
        }}
      />
    </div>
  )
}
