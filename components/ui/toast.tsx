'use client'
import { lazy, Suspense, useEffect, useState } from 'react'
import { whenUsed } from './idle'
import { laterPart } from './later-part'

export interface ToastInput {
  text: string
  tone?: 'plain' | 'bad'
  action?: { label: string; run: () => void }
  seconds?: number
  /** A toast with the id of one that is shown takes its place. */
  id?: string
}

const Toaster = lazy(laterPart(() => import('./toaster')))

// Until what draws them is loaded, toasts wait here; the first one does not wait for an idle moment.
const waiting: ToastInput[] = []
let wake = (): void => undefined
let show = (toast: ToastInput): void => {
  waiting.push(toast)
  wake()
}

/** Shows a toast, bottom centre. */
export const showToast = (toast: ToastInput): void => show(toast)

const onReady = (draw: typeof show): void => {
  show = draw
  for (const toast of waiting.splice(0)) draw(toast)
}

/**
 * The place toasts come up in: one per page. `label` names the region. Not part of the first load, but loaded
 * once somebody is there: the toast that says that the network is gone cannot wait for a file. What goes wrong in a page
 * that nobody has touched yet is said when they do, or not before the network is back.
 */
export function Toasts({ label }: { label: string }) {
  const [wanted, setWanted] = useState<'no' | 'yes'>('no')
  useEffect(() => {
    wake = () => setWanted('yes')
    return whenUsed(wake)
  }, [])
  if (wanted === 'no') return null
  return (
    <Suspense fallback={null}>
      <Toaster label={label} onReady={onReady} />
    </Suspense>
  )
}
