import { cx } from './cx'

/** A grey bar in the place of text. It appears only after 150 ms, so that fast answers never flash. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cx('animate-late rounded-xs bg-hover', className)} />
}
