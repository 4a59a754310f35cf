'use client'
import { useEffect, useState } from 'react'
import { Sparkle } from 'lucide-react'
import { call } from '@/lib/client/api'
import { type MessageAt, messageKey } from '@/lib/client/cache/state'
import { useWords } from '@/lib/i18n/react'
import type { MessageDetail } from '@/lib/model/message'
import { useStage } from './stage'

const asksNot = ['sent', 'drafts', 'junk', 'trash']
const known = new Map<string, 'yes' | 'no'>()
const mostKnown = 1000

/** That a stranger writes for the first time: said beside the name, so that it moves nothing when it is known. */
export function FirstMail({ at, standing }: { at: MessageAt; standing: MessageDetail['standing'] }) {
  const words = useWords().reader.trust
  const key = messageKey(at)
  const [first, setFirst] = useState(() => known.get(key) ?? 'no')
  const { account, folder, message } = at
  const asks = standing.contact.is === 'unknown' && !asksNot.includes(folder)
  const stage = useStage()
  useEffect(() => {
    if (!asks || stage === 'prepared' || known.has(key)) return
    let current = true
    call('isFirstMail', { account, folder, message })
      .then((answer) => {
        if (known.size >= mostKnown) known.clear()
        known.set(key, answer.first)
        if (current) setFirst(answer.first)
      })
      // Not being told is no harm: it is a hint, and asked for anew with the next opening.
      .catch(() => undefined)
    return () => {
      current = false
    }
  }, [asks, stage, key, account, folder, message])
  if (!asks || first === 'no') return null
  return (
    <span
      title={words.firstWhy}
      className="ms-2 flex shrink-0 items-center gap-1 text-[12.5px] font-medium text-warn"
    >
      <Sparkle aria-hidden="true" className="lucide size-3.5!" />
      {words.first}
    </span>
  )
}
