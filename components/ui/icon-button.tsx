import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx'

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label' | 'title'> {
  /** The accessible name, and the tooltip. */
  label: string
  icon: ReactNode
  /** The shortcut shown in the tooltip, in tinykeys' spelling. */
  keys?: string | undefined
  size?: 's' | 'm'
}

/** An icon with a name. The tooltip is drawn by the one `<Tips>` of the page from the data attributes. */
export function IconButton({ label, icon, keys, size = 'm', className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      data-tip={label}
      data-keys={keys}
      {...rest}
      className={cx(
        'grid shrink-0 place-items-center rounded-s text-ink-2 transition-colors select-none',
        'hover:bg-hover hover:text-ink aria-expanded:bg-hover aria-pressed:text-accent',
        'disabled:pointer-events-none disabled:opacity-40',
        size === 'm' ? 'size-8 pointer-coarse:size-11' : 'size-7 pointer-coarse:size-11',
        className,
      )}
    >
      {icon}
    </button>
  )
}
