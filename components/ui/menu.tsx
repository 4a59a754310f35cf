'use client'
import {
  createContext,
  createElement,
  useContext,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import type { ComponentProps, ComponentType, PointerEvent } from 'react'
import { Slot } from 'radix-ui'
import { whenUsed } from './idle'
import type * as MenuParts from './menu-parts'

// What makes a button a menu is a tenth of all that an inbox would load first. So it is a plain button until
// somebody is there and the page is idle, or until it is pressed; then the menu's own takes its place, by the same look and name.
type Parts = typeof MenuParts

let parts: Parts | null = null
const waiting = new Set<() => void>()

/** A network that fails here is met again at the next press. */
const load = (): void => {
  if (parts) return
  void import('./menu-parts').then(
    (found) => {
      parts = found
      waiting.forEach((tell) => tell())
    },
    () => undefined,
  )
}

const subscribe = (tell: () => void) => {
  waiting.add(tell)
  return () => void waiting.delete(tell)
}
const useParts = (): Parts | null =>
  useSyncExternalStore(
    subscribe,
    () => parts,
    () => null,
  )

interface PlainButton {
  id: string
  press: () => void
  /** The plain button goes, and had the focus: its successor gets it. */
  leave: () => void
}
const PlainButtonContext = createContext<PlainButton | null>(null)

export function Menu(props: ComponentProps<Parts['Menu']>) {
  const found = useParts()
  const id = useId()
  const [pressed, setPressed] = useState<'no' | 'yes'>('no')
  const hadFocus = useRef(false)
  const button = useMemo<PlainButton>(
    () => ({
      id,
      press: () => {
        setPressed('yes')
        load()
      },
      leave: () => (hadFocus.current = true),
    }),
    [id],
  )
  useEffect(() => whenUsed(load), [])
  useLayoutEffect(() => {
    if (found && hadFocus.current) document.querySelector<HTMLElement>(`[data-menu="${id}"]`)?.focus()
    hadFocus.current = false
  }, [found, id])
  return (
    <PlainButtonContext value={button}>
      {found ? <found.Menu defaultOpen={pressed === 'yes'} {...props} /> : props.children}
    </PlainButtonContext>
  )
}

type TriggerProps = ComponentProps<Parts['MenuTrigger']>

export function MenuTrigger(props: TriggerProps) {
  const found = useParts()
  const button = useContext(PlainButtonContext)
  if (found) return <found.MenuTrigger data-menu={button?.id} {...props} />
  return <PlainTrigger {...props} />
}

function PlainTrigger({ asChild, ...rest }: TriggerProps) {
  const button = useContext(PlainButtonContext)
  const own = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => {
    const element = own.current
    return () => {
      if (element && element === document.activeElement) button?.leave()
    }
  }, [button])
  const Element = asChild ? Slot.Root : 'button'
  return (
    <Element
      type="button"
      aria-haspopup="menu"
      aria-expanded="false"
      {...rest}
      ref={own}
      // A button that is replaced between the press and its release hears no click: the press itself counts, as it
      // does for the menu's own button.
      onPointerDown={(event: PointerEvent) => {
        if (event.pointerType === 'mouse' && event.button === 0 && !event.ctrlKey) button?.press()
      }}
      onClick={() => button?.press()}
    />
  )
}

const part = <Props extends object>(pick: (found: Parts) => ComponentType<Props>) =>
  function MenuPart(props: Props) {
    const found = useParts()
    return found && createElement(pick(found), props)
  }

export const MenuPanel = part((found) => found.MenuPanel)
export const MenuItem = part((found) => found.MenuItem)
export const MenuSlot = part((found) => found.MenuSlot)
export const MenuChoice = part((found) => found.MenuChoice)
export const MenuOption = part((found) => found.MenuOption)
export const MenuHeading = part((found) => found.MenuHeading)
export const MenuLine = part((found) => found.MenuLine)
