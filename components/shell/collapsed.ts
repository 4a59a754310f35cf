'use client'
import { useSyncExternalStore } from 'react'
import { signal } from '@/lib/client/signal'

const key = 'posthorn.collapsed'
const none: ReadonlySet<string> = new Set()

const stored = (): ReadonlySet<string> => {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(list) ? new Set(list.filter((id) => typeof id === 'string')) : none
  } catch {
    return none
  }
}

const closed = signal<ReadonlySet<string> | null>(null)
const read = (): ReadonlySet<string> => {
  const known = closed.get() ?? stored()
  if (closed.get() === null) closed.set(known)
  return known
}

/** Which folders are folded up, remembered on this device. */
export const useCollapsed = () => {
  const collapsed = useSyncExternalStore(closed.subscribe, read, () => none)
  const toggle = (id: string) => {
    const next = new Set(read())
    if (!next.delete(id)) next.add(id)
    closed.set(next)
    localStorage.setItem(key, JSON.stringify([...next]))
  }
  return { collapsed, toggle }
}
