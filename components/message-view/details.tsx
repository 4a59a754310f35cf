'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { useNumber, useWords } from '@/lib/i18n/react'
import type { Address } from '@/lib/model/address'
import type { MessageDetail } from '@/lib/model/message'
import { fullWhen, shownSize } from './format'

const shownAtFirst = 20

/** The header in full, for who wants to know exactly. */
export function Details({ detail }: { detail: MessageDetail }) {
  const { fields, listArchive } = useWords().reader
  const differs = (list: Address[]) =>
    list.length > 0 && list.some(({ address }) => !detail.from.some((one) => one.address === address))
  return (
    <dl className="mt-3 ms-[47px] grid animate-fade grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1.5 rounded-m bg-sunken px-3.5 py-3 text-sm max-sm:ms-0">
      <People name={fields.from} list={detail.from} />
      {differs(detail.sender) && <People name={fields.sender} list={detail.sender} />}
      {differs(detail.replyTo) && <People name={fields.replyTo} list={detail.replyTo} />}
      <People name={fields.to} list={detail.to} />
      <People name={fields.cc} list={detail.cc} />
      <People name={fields.bcc} list={detail.bcc} />
      <Line name={fields.date}>{fullWhen(detail.date)}</Line>
      <Line name={fields.size}>{shownSize(detail.size)}</Line>
      {detail.list && (
        <Line name={fields.list}>
          <bdi>{detail.list.name || detail.list.post}</bdi>
          {detail.list.archive && (
            <a
              href={detail.list.archive}
              title={detail.list.archive}
              target="_blank"
              rel="noopener noreferrer"
              className="ms-2 text-accent hover:underline"
            >
              {listArchive}
            </a>
          )}
        </Line>
      )}
      {detail.receiptWish && <Line name={fields.receipt}>{detail.receiptWish.to.join(', ')}</Line>}
      {detail.deliveryReport && <Line name={fields.delivery}>{detail.deliveryReport}</Line>}
      {detail.messageId && (
        <Line name={fields.id}>
          <bdi dir="ltr" className="font-mono text-xs">
            {detail.messageId}
          </bdi>
        </Line>
      )}
    </dl>
  )
}

function Line({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </>
  )
}

function People({ name, list }: { name: string; list: Address[] }) {
  const number = useNumber()
  const words = useWords()
  const [all, setAll] = useState<'some' | 'all'>('some')
  if (list.length === 0) return null
  const shown = all === 'all' ? list : list.slice(0, shownAtFirst)
  return (
    <Line name={name}>
      <ul className="grid gap-0.5">
        {shown.map((who, index) => (
          <li key={index} className="flex flex-wrap gap-x-1.5">
            {who.name && <bdi>{who.name}</bdi>}
            <bdi className={who.name ? 'text-ink-3' : ''}>{who.address}</bdi>
          </li>
        ))}
      </ul>
      {shown.length < list.length && (
        <Button kind="quiet" size="s" className="-ms-3" onClick={() => setAll('all')}>
          {words.reader.allOf(number(list.length))}
        </Button>
      )}
    </Line>
  )
}
