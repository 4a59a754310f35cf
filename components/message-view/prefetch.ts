'use client'
import { useEffect } from 'react'
import type { MessageAt } from '@/lib/client/cache/state'
import { lineOf } from '@/lib/client/cursor'
import { useApp } from '@/lib/client/react'

/** Once this message stands, the details of its neighbours are asked for, so that going on is instant. */
export function usePrefetch({ account, folder, message }: MessageAt): void {
  const app = useApp()
  useEffect(() => {
    const timer = setTimeout(() => {
      const line = lineOf(app)
      const index = line.findIndex((one) => one?.folder === folder && one.message === message)
      if (index < 0) return
      for (const next of [line[index + 1], line[index - 1]])
        if (next) void app.mail.openMessage({ account, ...next }).catch(() => undefined)
    }, 250)
    return () => clearTimeout(timer)
  }, [app, account, folder, message])
}
