'use client'
import { LabelChip } from '@/components/ui/label-chip'
import { listingOf } from '@/lib/client/cache/mail'
import { messageKey } from '@/lib/client/cache/state'
import type { MessageAt } from '@/lib/client/cache/state'
import { isPlainClick } from '@/lib/client/click'
import { labelSearch, labelsOf } from '@/lib/client/labels'
import { pathOfSearch } from '@/lib/client/place'
import { useApp, useMail } from '@/lib/client/react'
import type { MessageDetail } from '@/lib/model/message'

/** Beside the subject: each leads to all that have it. */
export function MessageLabels({ at, detail }: { at: MessageAt; detail: MessageDetail }) {
  const app = useApp()
  const labels = useMail((state) => state.labels)
  const listed = useMail((state) => listingOf(state, at)?.rows.get(at.message)?.flags.keywords)
  const known = useMail((state) => state.details.get(messageKey(at))?.flags.keywords)
  const on = labelsOf(labels, listed ?? known ?? detail.flags.keywords)
  return on.map((label) => (
    <a
      key={label.keyword}
      href={pathOfSearch(labelSearch(label))}
      onClick={(event) => {
        if (!isPlainClick(event)) return
        event.preventDefault()
        app.find(labelSearch(label))
      }}
      className="ms-2 inline-flex align-middle tracking-normal"
    >
      <LabelChip name={label.name} colour={label.colour} />
    </a>
  ))
}
