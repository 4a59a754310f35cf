'use client'
import { useSyncExternalStore } from 'react'
import { fullWhen, shownWhen } from './format'

const never = () => () => undefined

/** A time in the reader's own zone: the server does not know it, so it is written in the browser. */
export function When({ iso, className }: { iso: string; className?: string }) {
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  return (
    <time dateTime={iso} className={className} title={inBrowser ? fullWhen(iso) : undefined}>
      {inBrowser ? shownWhen(iso, new Date()) : ''}
    </time>
  )
}
