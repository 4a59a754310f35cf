import type { ReactNode } from 'react'
import { cx } from './cx'

export interface FormProps {
  onSave: () => void
  className?: string
  children: ReactNode
}

/** Fields one below the other. It says itself what is wrong with them, so the browser does not. */
export function Form({ onSave, className, children }: FormProps) {
  return (
    <form
      noValidate
      className={cx('grid gap-4', className)}
      onSubmit={(event) => {
        event.preventDefault()
        onSave()
      }}
    >
      {children}
    </form>
  )
}
