'use client'
import { useEffect, useState } from 'react'
import type { ComponentType } from 'react'

// Parts of the page that are loaded when they are first wanted. One that cannot be had takes nothing down with it: it is
// not drawn, whoever cares is told, and it is asked for again when it is next wanted, or when the network is back.

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

/** Stands for a part that could not be had the first time. */
const again = <P extends object>(load: () => Promise<Part<P>>): ComponentType<P> =>
  function Again(props: P) {
    const [Loaded, setLoaded] = useState<ComponentType<P> | null>(null)
    useEffect(() => {
      let mounted = true
      const ask = (failed: () => void) =>
        load().then((part) => {
          if (mounted) setLoaded(() => part.default)
        }, failed)
      const askQuietly = () => void ask(() => undefined)
      void ask(() => tell())
      window.addEventListener('online', askQuietly)
      return () => {
        mounted = false
        window.removeEventListener('online', askQuietly)
      }
    }, [])
    return Loaded ? <Loaded {...props} /> : null
  }

/** For `lazy` and `dynamic`, which keep what they were given for as long as the page lives. */
export const laterPart =
  <P extends object>(load: () => Promise<Part<P>>) =>
  (): Promise<Part<P>> =>
    load().catch(() => ({ default: again(load) }))
