'use client'
import { lazy, Suspense, useState } from 'react'
import type { DialogProps } from './dialog'
import { laterPart } from './later-part'

const Dialog = lazy(laterPart(async () => ({ default: (await import('./dialog')).Dialog })))

/** A dialog of a part that is there for everybody and asks hardly anybody: what makes it one is loaded when it first opens. */
export function LaterDialog(props: DialogProps) {
  const [wanted, setWanted] = useState<'not yet' | 'yes'>('not yet')
  if (props.open && wanted === 'not yet') setWanted('yes')
  if (wanted === 'not yet') return null
  return (
    <Suspense fallback={null}>
      <Dialog {...props} />
    </Suspense>
  )
}
