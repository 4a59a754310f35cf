import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx'
import { Spinner } from './spinner'

export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger'
export type ButtonSize = 's' | 'm' | 'l'

const kinds: Record<ButtonKind, string> = {
  primary: 'bg-accent text-accent-ink border-transparent hover:bg-accent-strong shadow-low',
  plain: 'bg-surface text-ink border-line-strong hover:bg-hover',
  quiet: 'bg-transparent text-ink-2 border-transparent hover:bg-hover hover:text-ink',
  danger: 'bg-bad text-bad-ink border-transparent hover:opacity-90',
}
const sizes: Record<ButtonSize, string> = {
  s: 'h-[30px] px-3 text-sm',
  m: 'h-[34px] px-3.5 text-base',
  l: 'h-10 px-4 text-base',
}

export interface ButtonProps extends ComponentProps<'button'> {
  kind?: ButtonKind
  size?: ButtonSize
  icon?: ReactNode
  /** `busy` keeps the button's width and refuses a second click. */
  state?: 'idle' | 'busy'
}

export const buttonClass = (kind: ButtonKind = 'plain', size: ButtonSize = 'm'): string =>
  cx(
    'relative inline-flex shrink-0 items-center justify-center gap-2 rounded-s border font-medium whitespace-nowrap',
    'select-none transition-colors disabled:opacity-55 disabled:pointer-events-none pointer-coarse:min-h-11',
    kinds[kind],
    sizes[size],
  )

export function Button({ kind, size, icon, state = 'idle', className, children, ...rest }: ButtonProps) {
  const busy = state === 'busy'
  return (
    <button
      type="button"
      {...rest}
      aria-busy={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : rest.onClick}
      className={cx(buttonClass(kind, size), className)}
    >
      {busy && <Spinner className="absolute" />}
      <span className={cx('inline-flex items-center gap-2', busy && 'invisible')}>
        {icon}
        {children}
      </span>
    </button>
  )
}
