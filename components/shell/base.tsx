'use client'
import type { ReactNode } from 'react'
import { serveUnder } from '@/lib/client/base'

/** Makes the prefix known where there is no document: while the server renders. It is the same for every request. */
export function Base({ path, children }: { path: string; children: ReactNode }) {
  if (typeof document === 'undefined') serveUnder(path)
  return children
}
