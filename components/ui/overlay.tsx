'use client'
import { Dialog as Radix } from 'radix-ui'
import { X } from 'lucide-react'
import type { KeyboardEvent, ReactNode } from 'react'
import { IconButton } from './icon-button'

export interface OverlayProps {
  title: string
  /** Beside the title, smaller. */
  note?: ReactNode
  /** The name of the button that closes it. */
  close: string
  onClose: () => void
  tools?: ReactNode
  onKeyDown?: (event: KeyboardEvent) => void
  children: ReactNode
}

/** The whole window for one thing: a bar with its name and what can be done, and the thing. Escape closes. */
export function Overlay({ title, note, close, onClose, tools, onKeyDown, children }: OverlayProps) {
  return (
    <Radix.Root open onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 animate-fade bg-veil" />
        <Radix.Content
          aria-describedby={undefined}
          onKeyDown={onKeyDown}
          className="fixed inset-0 z-50 flex animate-fade flex-col bg-canvas outline-none"
        >
          <header className="flex h-(--bar) flex-none items-center gap-1 border-b border-line bg-surface ps-4 pe-2">
            <Radix.Title className="min-w-0 truncate font-semibold">
              <bdi>{title}</bdi>
            </Radix.Title>
            <span className="ms-2 me-auto truncate text-[12.5px] max-sm:invisible max-sm:w-0 max-sm:ms-0 whitespace-nowrap text-ink-3 tabular-nums">
              {note}
            </span>
            {tools}
            <Radix.Close asChild>
              <IconButton label={close} keys="Escape" icon={<X />} />
            </Radix.Close>
          </header>
          <div className="relative min-h-0 grow overflow-auto">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
