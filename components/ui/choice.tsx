'use client'
import { useId } from 'react'
import type { ReactNode } from 'react'
import { cx } from './cx'

export interface Option<V extends string> {
  value: V
  label: string
  detail?: string
  picture?: ReactNode
}

export interface ChoiceProps<V extends string> {
  label: string
  options: readonly Option<V>[]
  value: V
  onChange: (value: V) => void
}

/** One of a few, all of them in view: radio buttons drawn as tiles. */
export function Choice<V extends string>({ label, options, value, onChange }: ChoiceProps<V>) {
  const name = useId()
  return (
    <fieldset className="m-0 min-w-0 border-0 p-0">
      <legend className="sr-only">{label}</legend>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(108px,1fr))] gap-2.5">
        {options.map((option) => (
          <label
            key={option.value}
            className={cx(
              'relative grid cursor-default gap-2 rounded-m border p-2.5 transition-colors pointer-coarse:min-h-11',
              'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
              option.value === value
                ? 'border-accent bg-accent-soft'
                : 'border-line-strong bg-surface hover:bg-hover',
            )}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className="sr-only"
            />
            {option.picture}
            <span>
              <span className="block font-medium">{option.label}</span>
              {option.detail && <span className="block text-xs text-ink-2">{option.detail}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
