'use client'
import { Dialog as Radix } from 'radix-ui'
import { X } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { cx } from './cx'
import { IconButton } from './icon-button'

const widths = { s: 'max-w-[400px]', m: 'max-w-[560px]', l: 'max-w-[820px]' }

export interface DialogProps {
  open: boolean
  onClose: () => void
  title: string
  description?: ReactNode
  /** The name of the button that closes it. */
  close: string
  width?: keyof typeof widths
  /** Text that nothing in it takes the focus of must be scrolled by the keyboard, too. */
  holds?: 'controls' | 'text'
  footer?: ReactNode
  children?: ReactNode
}

/** Who had the focus; for the item of a menu, which goes away, the button that opened the menu. */
const focused = (): HTMLElement | null => {
  const at = document.activeElement
  const menu = at?.closest('[role="menu"]')
  const owner = menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : at
  return owner instanceof HTMLElement ? owner : null
}

/** A modal dialog: focus is kept inside and given back, Escape closes. */
export function Dialog({
  open,
  onClose,
  title,
  description,
  close,
  width = 's',
  holds = 'controls',
  footer,
  children,
}: DialogProps) {
  const before = useRef<HTMLElement | null>(null)
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 animate-fade bg-veil" />
        <Radix.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          onOpenAutoFocus={() => {
            before.current = focused()
          }}
          onCloseAutoFocus={(event) => {
            // Radix gives the focus back to a trigger of its own; these are opened by keys and menus as well.
            event.preventDefault()
            if (before.current?.isConnected) before.current.focus()
          }}
          className={cx(
            'fixed top-1/2 left-1/2 z-50 flex max-h-[min(86dvh,760px)] w-[calc(100vw-32px)] -translate-1/2 flex-col',
            'animate-fade overflow-hidden rounded-l border border-line bg-raised shadow-float outline-none',
            widths[width],
          )}
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-2">
            <div className="min-w-0 grow">
              <Radix.Title className="text-md font-semibold tracking-[-0.01em]">{title}</Radix.Title>
              {description && (
                <Radix.Description className="mt-1.5 text-ink-2">{description}</Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <IconButton label={close} icon={<X />} className="-me-2 -mt-1" />
            </Radix.Close>
          </header>
          {children && (
            <div
              {...(holds === 'text' ? { tabIndex: 0 } : {})}
              className={cx('min-h-0 grow overflow-y-auto px-5 py-2', holds === 'text' && 'ring-inside')}
            >
              {children}
            </div>
          )}
          {footer && <footer className="flex justify-end gap-2 px-5 pt-3 pb-4">{footer}</footer>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
