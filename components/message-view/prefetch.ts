'use client'
import { useEffect } from 'react'
import { listingOf } from '@/lib/client/cache/mail'
import type { MessageAt } from '@/lib/client/cache/state'
import { useApp } from '@/lib/client/react'

/** Once this message stands, the details of its neighbours are asked for, so that going on is instant. */
export function usePrefetch({ account, folder, message }: MessageAt): void {
  const app = useApp()
  useEffect(() => {
    const timer = setTimeout(() => {
      const order = listingOf(app.mail.get(), { account, folder })?.order ?? []
      const index = order.indexOf(message)
      if (index < 0) return
      for (const next of [order[index + 1], order[index - 1]])
        if (next) void app.mail.openMessage({ account, folder, message: next }).catch(() => undefined)
    }, 250)
    return () => clearTimeout(timer)
  }, [app, account, folder, message])
}
