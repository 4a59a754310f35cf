'use client'
import { useEffect } from 'react'
import type { RefObject } from 'react'

/** Hears of a pointer outside; of one in a message's frame the page learns only that the frame has the focus. */
export const useOutside = (
  place: RefObject<HTMLElement | null>,
  state: 'open' | 'closed',
  leave: () => void,
): void =>
  useEffect(() => {
    if (state === 'closed') return
    const heard = new AbortController()
    const { signal } = heard
    const press = ({ target }: Event) => {
      if (target instanceof Node && !place.current?.contains(target)) leave()
    }
    const frame = () => {
      if (document.activeElement instanceof HTMLIFrameElement) leave()
    }
    document.addEventListener('pointerdown', press, { signal })
    window.addEventListener('blur', frame, { signal })
    return () => heard.abort()
  })
