'use client'
import { useSyncExternalStore } from 'react'
import { useSearchParams } from 'next/navigation'
import { withBase, withoutBase } from '@/lib/client/base'

// Who is open is part of the address, so that Back closes it on a phone. Changed without asking the server.

const listeners = new Set<() => void>()
const tell = () => listeners.forEach((listener) => listener())

const subscribe = (listener: () => void) => {
  if (listeners.size === 0) window.addEventListener('popstate', tell)
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) window.removeEventListener('popstate', tell)
  }
}

const shown = (): string | null => new URLSearchParams(window.location.search).get('id')

const go = (id: string | null, how: 'push' | 'replace'): void => {
  // An undo may come when another page is shown, whose address is not ours.
  if (withoutBase(window.location.pathname) !== '/contacts' || id === shown()) return
  const path = withBase(id === null ? '/contacts' : `/contacts?id=${encodeURIComponent(id)}`)
  window.history[`${how}State`](null, '', path)
  tell()
}

/** Null when nobody is open, `new` for somebody who is being added. */
export const useOpen = () => {
  const asked = useSearchParams().get('id')
  return { open: useSyncExternalStore(subscribe, shown, () => asked), go }
}
