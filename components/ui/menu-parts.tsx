'use client'
import { DropdownMenu } from 'radix-ui'
import { Check } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx'
import { pageDirection } from './direction'
import { Kbd } from './kbd'

const menuPanel =
  'z-50 min-w-52 max-w-80 max-h-[var(--radix-popper-available-height)] overflow-y-auto rounded-m border border-line bg-raised p-1 text-base shadow-float animate-rise origin-(--radix-popper-transform-origin)'
const menuItem =
  'relative flex min-h-8 pointer-coarse:min-h-11 cursor-default items-center gap-2.5 rounded-s px-2.5 text-ink outline-none select-none data-highlighted:bg-hover data-disabled:opacity-45 [&_.lucide]:text-ink-2'
const menuHeading = 'px-2.5 pt-2 pb-1 text-xs font-medium text-ink-3'
const menuLine = 'my-1 h-px bg-line'

/** Not modal: what lies around stays readable, and a click elsewhere closes it and does what it says. */
export function Menu(props: ComponentProps<typeof DropdownMenu.Root>) {
  return <DropdownMenu.Root dir={pageDirection()} modal={false} {...props} />
}

/** Menus float, but belong to the page's main landmark. */
const floatingPlace = (): HTMLElement | undefined =>
  typeof document === 'undefined' ? undefined : (document.querySelector('main') ?? undefined)

export const MenuTrigger = DropdownMenu.Trigger
export const MenuChoice = DropdownMenu.RadioGroup

export function MenuPanel({ className, ...rest }: ComponentProps<typeof DropdownMenu.Content>) {
  return (
    <DropdownMenu.Portal container={floatingPlace()}>
      <DropdownMenu.Content
        sideOffset={6}
        collisionPadding={8}
        {...rest}
        className={cx(menuPanel, className)}
      />
    </DropdownMenu.Portal>
  )
}

interface MenuItemProps extends ComponentProps<typeof DropdownMenu.Item> {
  icon?: ReactNode
  keys?: string | undefined
  tone?: 'plain' | 'danger'
}

export function MenuItem({ icon, keys, tone = 'plain', children, className, ...rest }: MenuItemProps) {
  return (
    <DropdownMenu.Item
      {...rest}
      className={cx(menuItem, tone === 'danger' && 'text-bad [&_.lucide]:text-bad', className)}
    >
      {icon}
      <span className="truncate">{children}</span>
      {keys && <Kbd keys={keys} className="ms-auto ps-4" />}
    </DropdownMenu.Item>
  )
}

/** A menu item that is its child, a link for instance. */
export function MenuSlot({ className, ...rest }: ComponentProps<typeof DropdownMenu.Item>) {
  return <DropdownMenu.Item asChild {...rest} className={cx(menuItem, className)} />
}

export function MenuOption({ children, ...rest }: ComponentProps<typeof DropdownMenu.RadioItem>) {
  return (
    <DropdownMenu.RadioItem {...rest} className={cx(menuItem, 'ps-8')}>
      <DropdownMenu.ItemIndicator className="absolute start-2.5">
        <Check />
      </DropdownMenu.ItemIndicator>
      {children}
    </DropdownMenu.RadioItem>
  )
}

export function MenuHeading({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className={menuHeading}>{children}</DropdownMenu.Label>
}

export function MenuLine() {
  return <DropdownMenu.Separator className={menuLine} />
}
