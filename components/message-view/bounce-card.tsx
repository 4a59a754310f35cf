'use client'
import { MailX } from 'lucide-react'
import { useWords } from '@/lib/i18n/react'
import type { Bounce } from '@/lib/model/cards'
import { cardClass } from './card'

/** A message that did not arrive: who was not reached, why in words, and what to do. */
export function BounceCard({ bounce }: { bounce: Bounce }) {
  const words = useWords().reader.bounce
  const isLost = bounce.recipients.some(({ outcome }) => outcome === 'failed')
  return (
    <section aria-label={words.label} className={cardClass}>
      <MailX aria-hidden="true" className="lucide mt-0.5 size-5! shrink-0 text-bad" />
      <div className="min-w-0 grow">
        <h3 className="font-semibold">{isLost ? words.failed : words.delayed}</h3>
        {bounce.subject && (
          <p className="text-sm wrap-anywhere text-ink-2">
            <bdi>{words.subject(bounce.subject)}</bdi>
          </p>
        )}
        <ul className="mt-2 grid gap-2.5">
          {bounce.recipients.map((recipient, index) => (
            <Recipient key={index} recipient={recipient} />
          ))}
        </ul>
      </div>
    </section>
  )
}

function Recipient({ recipient }: { recipient: Bounce['recipients'][number] }) {
  const words = useWords().reader.bounce
  const { why, advice } = words.reasons[recipient.reason]
  return (
    <li>
      <bdi className="font-medium wrap-anywhere">{recipient.address}</bdi>
      <p className="text-sm text-ink-2">
        {why} {recipient.outcome === 'failed' ? advice : words.waiting}
      </p>
      {(recipient.answer || recipient.status) && (
        <details className="mt-0.5 text-sm text-ink-2">
          <summary className="w-fit cursor-pointer rounded-s text-accent pointer-coarse:py-2.5">
            {words.details}
          </summary>
          <p className="mt-1 rounded-s bg-sunken px-2 py-1.5 font-mono text-xs wrap-anywhere">
            <bdi>{recipient.answer || recipient.status}</bdi>
          </p>
        </details>
      )}
    </li>
  )
}
