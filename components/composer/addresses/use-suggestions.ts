'use client'
import { useEffect, useState } from 'react'
import { useApp } from '@/lib/client/react'
import type { Address } from '@/lib/model/address'
import { suggestionsFor, type Suggestion } from './suggest'

export interface Suggestions {
  list: readonly Suggestion[]
  /** Which one Enter takes; always one while the list is open. */
  active: number
  move: (step: 1 | -1) => void
  dismiss: () => void
}

interface Found {
  typed: string
  list: readonly Suggestion[]
  active: number
}
const nothing: Found = { typed: '', list: [], active: 0 }

/** People who match what is being typed, without those who are there already. */
export function useSuggestions(typed: string, taken: readonly Address[]): Suggestions {
  const app = useApp()
  const [found, setFound] = useState(nothing)
  useEffect(() => {
    let current = true
    if (typed.trim() === '') return
    void suggestionsFor(typed, app).then((list) => {
      if (current) setFound({ typed, list, active: 0 })
    })
    return () => {
      current = false
    }
  }, [app, typed])
  const chosen = new Set(taken.map(({ address }) => address.toLowerCase()))
  const isThere = ({ who, members = [who] }: Suggestion) =>
    members.every(({ address }) => chosen.has(address.toLowerCase()))
  const list = typed.trim() === '' ? [] : found.list.filter((one) => !isThere(one))
  return {
    list,
    active: Math.min(found.active, Math.max(0, list.length - 1)),
    move: (step) =>
      setFound((now) => ({ ...now, active: (now.active + step + list.length) % Math.max(1, list.length) })),
    dismiss: () => setFound(nothing),
  }
}
