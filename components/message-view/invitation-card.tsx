'use client'
import { useSyncExternalStore } from 'react'
import { Download } from 'lucide-react'
import { buttonClass } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { doors } from '@/lib/client/api'
import type { MessageAt } from '@/lib/client/cache/state'
import { useWords } from '@/lib/i18n/react'
import { shownName } from '@/lib/model/address'
import type { Invitation } from '@/lib/model/cards'
import { cardClass } from './card'
import { dayTile, shownSpan } from './event-time'
import { shownRecurrence } from './recurrence'

const never = () => () => undefined

/** What somebody asks us to come to, when and where: in the zone of who reads. */
export function InvitationCard({ at, invitation }: { at: MessageAt; invitation: Invitation }) {
  const words = useWords().reader.invitation
  const isOff = invitation.method === 'cancel'
  const facts = [invitation.place, invitation.repeats && shownRecurrence(invitation.repeats, words)]
  return (
    <section aria-label={words.label} className={cx(cardClass, 'items-center max-sm:flex-wrap')}>
      <Day invitation={invitation} />
      <div className="min-w-0 grow basis-0 max-sm:basis-40">
        {invitation.method !== 'request' && (
          <p className={cx('text-xs font-semibold', isOff ? 'text-bad' : 'text-ink-2')}>
            {words.methods[invitation.method]}
          </p>
        )}
        <h3 className={cx('font-semibold wrap-anywhere', isOff && 'line-through')}>
          <bdi>{invitation.title || words.noTitle}</bdi>
        </h3>
        <p className="text-[12.5px] wrap-anywhere text-ink-2">
          <Span invitation={invitation} />
          {facts.filter(Boolean).map((fact) => (
            <bdi key={String(fact)}> · {fact}</bdi>
          ))}
        </p>
        <People invitation={invitation} />
      </div>
      <a href={doors.part(at, invitation.part)} download="invite.ics" className={buttonClass('plain', 's')}>
        <Download aria-hidden="true" className="lucide" />
        {words.download}
      </a>
    </section>
  )
}

function People({ invitation: { organiser, answers } }: { invitation: Invitation }) {
  const words = useWords().reader.invitation
  return (
    <>
      {organiser && (
        <p className="text-[12.5px] wrap-anywhere text-ink-2">
          <bdi>{words.organiser(shownName(organiser))}</bdi>
        </p>
      )}
      {answers.map(({ who, says }, index) => (
        <p key={index} className="text-[12.5px] wrap-anywhere text-ink-2">
          <bdi>{words.answers[says](shownName(who))}</bdi>
        </p>
      ))}
    </>
  )
}

/** The server does not know the reader's zone: the day and the time are written in the browser. */
const useInBrowser = () =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  )

function Day({ invitation }: { invitation: Invitation }) {
  const tile = useInBrowser() ? dayTile(invitation) : { month: '', day: '' }
  return (
    <div
      aria-hidden="true"
      className="grid h-[46px] w-14 shrink-0 place-content-center rounded-s bg-sunken text-center leading-tight"
    >
      <span className="text-[10.5px] font-semibold text-bad uppercase">{tile.month}</span>
      <span className="text-lg leading-none font-semibold">{tile.day}</span>
    </div>
  )
}

function Span({ invitation }: { invitation: Invitation }) {
  const inBrowser = useInBrowser()
  return <time dateTime={invitation.start}>{inBrowser ? shownSpan(invitation) : ''}</time>
}
