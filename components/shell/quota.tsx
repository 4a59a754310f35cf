'use client'
import { useEffect, useState } from 'react'
import { shownSize } from '@/components/message-view/format'
import { cx } from '@/components/ui/cx'
import { whenIdle } from '@/components/ui/idle'
import { call } from '@/lib/client/api'
import { useApp, useClock, useMail } from '@/lib/client/react'
import { useNumber, useWords } from '@/lib/i18n/react'
import type { Quota } from '@/lib/model/folder'

/** Mail that comes or goes changes it; a rush of it is asked about once. */
const settleMs = 1500

/** `unknown` until it was asked for; null where there is none, and then nobody asks again. */
const useQuota = (): Quota | null | 'unknown' => {
  const app = useApp()
  const [quota, setQuota] = useState<Quota | null | 'unknown'>('unknown')
  const total = useMail((state) => state.mailboxes.reduce((sum, mailbox) => sum + mailbox.total, 0))
  const state = quota === null ? 'none' : quota === 'unknown' ? 'unknown' : 'known'
  useEffect(() => {
    if (state === 'none') return
    // A comfort: where it cannot be had, nothing is shown.
    const ask = () =>
      void call('quota', { account: app.person.account }).then(
        (told) => setQuota(told.quota),
        () => undefined,
      )
    if (state === 'unknown') return whenIdle(ask)
    const timer = window.setTimeout(ask, settleMs)
    return () => window.clearTimeout(timer)
  }, [app, total, state])
  return quota
}

const toneOf = (share: number): string => {
  if (share >= 1) return 'bg-bad'
  return share >= 0.9 ? 'bg-warn' : 'bg-ink-3'
}

/** How much room is left; nothing where the server sets no limit. */
export function QuotaBar() {
  const words = useWords()
  const { locale } = useClock()
  const number = useNumber()
  const quota = useQuota()
  if (!quota || quota === 'unknown') return null
  const share = quota.used / quota.limit
  const shown = (value: number) => (quota.of === 'bytes' ? shownSize(value, locale) : number(value))
  const text = words.folders.quotaUsed(shown(quota.used), shown(quota.limit))
  return (
    <div className="shrink-0 border-t px-2.5 py-3">
      <div
        role="meter"
        aria-label={words.folders.quota}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.min(100, Math.round(share * 100))}
        aria-valuetext={text}
        className="h-1 overflow-hidden rounded-full bg-line"
      >
        <div
          style={{ width: `${Math.min(100, share * 100)}%` }}
          className={cx('h-full rounded-full', toneOf(share))}
        />
      </div>
      <p
        className={cx('mt-1.5 truncate text-xs tabular-nums', share >= 1 ? 'text-bad' : 'text-ink-3')}
        aria-hidden="true"
      >
        {share >= 1 ? words.folders.quotaFull : text}
      </p>
    </div>
  )
}
