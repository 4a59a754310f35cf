'use client'
import { useEffect, useRef, useState } from 'react'
import { MailCheck, MailQuestion } from 'lucide-react'
import { tellProblem } from '@/lib/client/actions'
import { call } from '@/lib/client/api'
import type { App } from '@/lib/client/app'
import type { MessageAt } from '@/lib/client/cache/state'
import { useApp, usePreferences } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'
import type { Api, Input } from '@/lib/model/api'
import type { ReadReceipt } from '@/lib/model/cards'
import type { MessageDetail } from '@/lib/model/message'
import { cardClass } from './card'
import { noteAction, noteClass } from './notes'
import { useStage } from './stage'

const answer = (app: App, at: MessageAt, how: Pick<Input<Api['answerReceipt']>, 'answer' | 'by'>) =>
  call('answerReceipt', { ...at, ...how }).catch((problem: unknown) => {
    tellProblem(app, app.words().reader.receipt.answering, problem)
    throw problem
  })

// Nobody is asked for what was written by the reader, or is not to be trusted, or not theirs to read any more.
const asksNot = ['sent', 'drafts', 'junk', 'trash']

const isSettled = ({ flags }: MessageDetail): boolean =>
  flags.keywords.some((keyword) => keyword.toLowerCase() === '$mdnsent')

/** What the reader's policy says to the wish: answer by itself, ask, or be silent. */
function usePolicy(at: MessageAt, detail: MessageDetail): 'send' | 'ask' | 'silent' {
  const policy = usePreferences().receipts
  const { receiptWish, standing } = detail
  if (!receiptWish || isSettled(detail) || asksNot.includes(at.folder) || policy === 'never') return 'silent'
  if (standing.mail === 'blocked') return 'silent'
  const wished = policy === 'always' || (policy === 'contacts' && standing.contact.is !== 'unknown')
  return wished && receiptWish.automatic === 'may' ? 'send' : 'ask'
}

/** A sender's wish to know that this was read (RFC 8098): asked, or answered as the reader chose. */
export function ReceiptWish({ at, detail }: { at: MessageAt; detail: MessageDetail }) {
  const words = useWords().reader.receipt
  const app = useApp()
  const policy = usePolicy(at, detail)
  const stage = useStage()
  const [state, setState] = useState<'open' | 'answered'>('open')
  const began = useRef<'no' | 'yes'>('no')
  const to = detail.receiptWish?.to.join(', ') ?? ''
  useEffect(() => {
    if (stage === 'prepared' || policy !== 'send' || began.current === 'yes') return
    began.current = 'yes'
    void answer(app, at, { answer: 'send', by: 'policy' }).then(
      () => app.notify({ tone: 'plain', text: app.words().reader.receipt.sentBySetting(to) }),
      () => undefined,
    )
  }, [app, at, stage, policy, to])
  if (policy !== 'ask' || state === 'answered') return null
  const give = (what: 'send' | 'refuse') => {
    setState('answered')
    void answer(app, at, { answer: what, by: 'person' }).then(
      () => what === 'send' && app.notify({ tone: 'plain', text: words.sent }),
      () => setState('open'),
    )
  }
  const isSender = detail.from.some(({ address }) => address.toLowerCase() === to.toLowerCase())
  return (
    <div className={noteClass}>
      <MailQuestion aria-hidden="true" className="lucide shrink-0" />
      <bdi className="wrap-anywhere">{isSender ? words.asks : words.asksFor(to)}</bdi>
      <button type="button" className={noteAction} onClick={() => give('send')}>
        {words.send}
      </button>
      <button type="button" className={`${noteAction} ms-0!`} onClick={() => give('refuse')}>
        {words.refuse}
      </button>
    </div>
  )
}

/** A receipt that came, as what it means. */
export function ReceiptCard({ receipt, from }: { receipt: ReadReceipt; from: MessageDetail['from'] }) {
  const words = useWords().reader.receipt
  const who = receipt.who || from[0]?.address || ''
  return (
    <section aria-label={words.label} className={cardClass}>
      <MailCheck aria-hidden="true" className="lucide mt-0.5 size-5! shrink-0 text-good" />
      <div className="min-w-0 grow">
        <h3 className="font-semibold wrap-anywhere">
          <bdi>{words.outcomes[receipt.outcome](who)}</bdi>
        </h3>
        {receipt.subject && (
          <p className="text-sm wrap-anywhere text-ink-2">
            <bdi>{words.subject(receipt.subject)}</bdi>
          </p>
        )}
        {receipt.outcome === 'read' && <p className="mt-0.5 text-sm text-ink-2">{words.meaning}</p>}
      </div>
    </section>
  )
}
