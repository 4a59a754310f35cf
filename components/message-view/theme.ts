'use client'
import { useSyncExternalStore } from 'react'

export type Theme = 'light' | 'dark'

const dark = '(prefers-color-scheme: dark)'

function themeNow(): Theme {
  const chosen = document.documentElement.dataset.theme
  if (chosen === 'light' || chosen === 'dark') return chosen
  return window.matchMedia(dark).matches ? 'dark' : 'light'
}

function subscribe(listener: () => void): () => void {
  const watcher = new MutationObserver(listener)
  watcher.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  const system = window.matchMedia(dark)
  system.addEventListener('change', listener)
  return () => {
    watcher.disconnect()
    system.removeEventListener('change', listener)
  }
}

/** The theme that is on screen now, whoever chose it. */
export const useTheme = (): Theme => useSyncExternalStore(subscribe, themeNow, () => 'light')
