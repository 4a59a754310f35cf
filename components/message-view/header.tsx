'use client'
import { useId, useState } from 'react'
import { ChevronDown, Forward, Reply, ShieldCheck, Star } from 'lucide-react'
import { Avatar } from '@/components/ui/avatar'
import { cx } from '@/components/ui/cx'
import { IconButton } from '@/components/ui/icon-button'
import type { MessageAt } from '@/lib/client/cache/state'
import { useApp } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'
import type { Words } from '@/lib/i18n'
import { shownName, type Address } from '@/lib/model/address'
import type { MessageDetail } from '@/lib/model/message'
import { Details } from './details'
import { FirstMail } from './first-mail'
import { SenderCard } from './sender-card'
import { Unsubscribe } from './unsubscribe'
import { When } from './when'

const shownInLine = 5
/** Never cut on a phone: what stands at its end is what one must know. */
const addressClass = 'truncate text-[12.5px] text-ink-3 max-sm:whitespace-normal max-sm:wrap-anywhere'

const shortName = (who: Address, own: string, words: Words): string =>
  who.address.toLowerCase() === own.toLowerCase() ? words.reader.me : shownName(who)

/** "to me, Ingrid Solheim and 12 more" */
function recipientsLine({ to, cc, bcc }: MessageDetail, own: string, words: Words): string {
  const all = [...to, ...cc, ...bcc].filter((who) => shownName(who))
  if (all.length === 0) return words.reader.toNobody
  const names = all
    .slice(0, shownInLine)
    .map((who) => shortName(who, own, words))
    .join(words.list.comma)
  const more = all.length - shownInLine
  return words.reader.toLine(more > 0 ? words.reader.andMore(names, more) : names)
}

/** Who wrote, to whom and when; everything else of the header on demand. */
export function MessageHeader({ at, detail }: { at: MessageAt; detail: MessageDetail }) {
  const words = useWords()
  const { person } = useApp()
  const [details, setDetails] = useState<'closed' | 'open'>('closed')
  const id = useId()
  const sender = detail.from[0] ?? detail.sender[0] ?? { name: '', address: '' }
  const name = shownName(sender) || words.reader.noSender
  const open = details === 'open'
  return (
    <header className="px-4 py-[13px]">
      <div className="grid grid-cols-[36px_minmax(0,1fr)_auto] items-center gap-x-[11px]">
        <Avatar name={name} seed={sender.address} size="l" />
        <div className="min-w-0">
          <p className="flex min-w-0 items-baseline gap-x-1.5 max-sm:flex-wrap">
            {sender.address && detail.from.length === 1 ? (
              <SenderCard at={at} detail={detail} sender={sender} />
            ) : (
              <bdi className="truncate font-semibold" data-from-name="">
                {name}
              </bdi>
            )}
            {sender.address && (
              <bdi className={cx(addressClass, !sender.name && 'sr-only')} data-from-address="">
                {sender.address}
              </bdi>
            )}
            {detail.trust.sender === 'verified' && <Verified address={sender.address} />}
          </p>
          <p className="flex min-w-0 items-center text-[12.5px] text-ink-3">
            <span className="truncate" dir="auto">
              {recipientsLine(detail, person.address, words)}
            </span>
            <IconButton
              label={open ? words.reader.hideDetails : words.reader.showDetails}
              icon={<ChevronDown className={cx('transition-transform', open && 'rotate-180')} />}
              size="s"
              className="-my-1.5 ms-0.5 size-6 text-ink-3"
              aria-expanded={open}
              aria-controls={id}
              onClick={() => setDetails(open ? 'closed' : 'open')}
            />
            {!detail.bounce && !detail.readReceipt && <FirstMail at={at} standing={detail.standing} />}
          </p>
        </div>
        <p className="flex items-center gap-2 self-start pt-[3px] text-[12.5px] text-ink-3 tabular-nums">
          {detail.unsubscribe && (
            <span className="max-sm:hidden">
              <Unsubscribe at={at} way={detail.unsubscribe} />
            </span>
          )}
          <Marks detail={detail} />
          <When iso={detail.date} className="whitespace-nowrap" />
        </p>
      </div>
      {detail.unsubscribe && (
        <div className="ms-[35px] hidden max-sm:block print:hidden">
          <Unsubscribe at={at} way={detail.unsubscribe} />
        </div>
      )}
      <div id={id} hidden={!open}>
        {open && <Details detail={detail} />}
      </div>
    </header>
  )
}

function Verified({ address }: { address: string }) {
  const { trust } = useWords().reader
  return (
    <span
      title={trust.verifiedWhy(address.slice(address.lastIndexOf('@') + 1))}
      className="flex shrink-0 items-center gap-1 self-center text-[12.5px] font-medium text-good"
    >
      <ShieldCheck aria-hidden="true" className="lucide size-3.5!" />
      {trust.verified}
    </span>
  )
}

function Marks({ detail: { flags } }: { detail: MessageDetail }) {
  const { reader } = useWords()
  return (
    <>
      {flags.forwarded && <Forward role="img" aria-label={reader.forwarded} className="lucide size-3.5!" />}
      {flags.answered && <Reply role="img" aria-label={reader.answered} className="lucide size-3.5!" />}
      {flags.flagged && (
        <Star role="img" aria-label={reader.starred} className="lucide size-3.5! fill-horn text-horn" />
      )}
    </>
  )
}
