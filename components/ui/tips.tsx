'use client'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { keyCaps } from './kbd'

interface Tip {
  text: string
  keys: string
  box: DOMRect
}

const wait = 450
const edge = 6

const tipOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null

const read = (owner: HTMLElement): Tip => ({
  text: owner.dataset.tip ?? '',
  keys: owner.dataset.keys ?? '',
  box: owner.getBoundingClientRect(),
})

/** Follows pointer and keyboard focus; once one tip is up, the next shows without waiting. */
const useTip = (): Tip | null => {
  const [tip, setTip] = useState<Tip | null>(null)
  useEffect(() => {
    let timer = 0
    let owner: HTMLElement | null = null
    let lastShown = 0
    const hide = () => {
      window.clearTimeout(timer)
      if (!owner) return
      lastShown = performance.now()
      owner = null
      setTip(null)
    }
    const show = (next: HTMLElement, delay: number) => {
      window.clearTimeout(timer)
      timer = window.setTimeout(() => {
        if (!next.isConnected) return
        owner = next
        setTip(read(next))
      }, delay)
    }
    const over = (event: PointerEvent) => {
      if (event.pointerType === 'touch') return
      const next = tipOf(event.target)
      if (next === owner) return
      const warm = owner !== null || performance.now() - lastShown < 250
      hide()
      if (next && next.getAttribute('aria-expanded') !== 'true') show(next, warm ? 0 : wait)
    }
    const focus = (event: FocusEvent) => {
      const next = tipOf(event.target)
      hide()
      if (next?.matches(':focus-visible')) show(next, wait)
    }
    const listeners = { pointerover: over, focusin: focus, focusout: hide, pointerdown: hide, keydown: hide }
    const options = { capture: true, passive: true }
    for (const [name, run] of Object.entries(listeners))
      document.addEventListener(name, run as EventListener, options)
    window.addEventListener('scroll', hide, options)
    return () => {
      window.clearTimeout(timer)
      for (const [name, run] of Object.entries(listeners))
        document.removeEventListener(name, run as EventListener, options)
      window.removeEventListener('scroll', hide, options)
    }
  }, [])
  return tip
}

/** The one tooltip of the page. It only repeats an accessible name, so it is hidden from assistive technology. */
export function Tips() {
  const tip = useTip()
  const bubble = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = bubble.current
    if (!element || !tip) return
    const { width, height } = element.getBoundingClientRect()
    const middle = tip.box.left + tip.box.width / 2 - width / 2
    const left = Math.min(Math.max(middle, edge), window.innerWidth - width - edge)
    const below = tip.box.bottom + edge
    const top = below + height > window.innerHeight ? tip.box.top - height - edge : below
    element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`
  }, [tip])
  if (!tip?.text) return null
  return (
    <div
      ref={bubble}
      aria-hidden="true"
      className="pointer-events-none fixed top-0 left-0 z-[70] flex animate-fade items-center gap-2 rounded-s bg-toast px-2 py-1 text-xs whitespace-nowrap text-toast-ink shadow-float"
    >
      {tip.text}
      {tip.keys && (
        <span className="flex gap-1 opacity-75">
          {keyCaps(tip.keys).map((cap, index) => (
            <kbd key={`${cap}${index}`} className="font-sans font-medium">
              {cap}
            </kbd>
          ))}
        </span>
      )}
    </div>
  )
}
