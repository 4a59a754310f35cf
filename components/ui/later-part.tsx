'use client'
import type { ComponentType } from 'react'

// Parts of the page that are loaded when they are first wanted. One that cannot be had any more, because the server serves
// another build by now, takes nothing down with it: it is not drawn, and whoever cares is told.

interface Part<P> {
  default: ComponentType<P>
}

let tell: () => void = () => undefined

/** Hears that a part could not be had. */
export const onMissingPart = (listener: () => void): (() => void) => {
  tell = listener
  return () => {
    tell = () => undefined
  }
}

const Nothing = () => null

/** For `lazy` and `dynamic`. */
export const laterPart =
  <P,>(load: () => Promise<Part<P>>) =>
  (): Promise<Part<P>> =>
    load().catch(() => {
      tell()
      return { default: Nothing }
    })
