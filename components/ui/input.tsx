import { useId } from 'react'
import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx'

export const inputClass =
  'w-full min-w-0 rounded-m border border-line-strong bg-surface px-3 text-ink transition-colors hover:border-ink-3 aria-invalid:border-bad disabled:opacity-60'

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input {...rest} className={cx(inputClass, 'h-9 pointer-coarse:h-11', className)} />
}

export interface FieldProps extends Omit<ComponentProps<'input'>, 'children'> {
  label: string
  hint?: ReactNode
  problem?: string | undefined
}

/** A labelled input. The space for the problem is taken by the hint or nothing: callers place long errors above. */
export function Field({ label, hint, problem, ...rest }: FieldProps) {
  const id = useId()
  const note = problem ?? hint
  return (
    <div className="grid content-start gap-1.5">
      <label htmlFor={id} className="text-sm font-medium text-ink">
        {label}
      </label>
      <Input
        id={id}
        aria-invalid={problem ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        {...rest}
      />
      {note && (
        <p id={`${id}-note`} className={cx('text-xs', problem ? 'text-bad' : 'text-ink-3')}>
          {note}
        </p>
      )}
    </div>
  )
}
