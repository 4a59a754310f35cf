'use client'
import { cx } from './cx'

export interface SwitchProps {
  label: string
  on: boolean
  onChange: (on: boolean) => void
  describedBy?: string
}

/** On or off, at once. */
export function Switch({ label, on, onChange, describedBy }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      aria-label={label}
      aria-describedby={describedBy}
      onClick={() => onChange(!on)}
      className={cx(
        'relative h-6 w-10 shrink-0 rounded-full border transition-colors',
        'before:absolute before:-inset-2.5',
        on ? 'border-accent bg-accent' : 'border-ink-3 bg-sunken',
      )}
    >
      <span
        className={cx(
          'absolute top-1/2 size-4 -translate-y-1/2 rounded-full transition-[inset-inline-start]',
          on ? 'start-[19px] bg-accent-ink' : 'start-[3px] bg-ink-3',
        )}
      />
    </button>
  )
}
