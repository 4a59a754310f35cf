'use client'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { Download, History } from 'lucide-react'
import { buttonClass } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { call, doors } from '@/lib/client/api'
import type { MessageAt } from '@/lib/client/cache/state'
import { useApp } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'
import { shownName } from '@/lib/model/address'
import type { Invitation, NewerInvitation } from '@/lib/model/cards'
import { cardClass } from './card'
import { dayTile, shownSpan } from './event-time'
import { InvitationAnswers } from './invitation-answers'
import { shownRecurrence } from './recurrence'
import { useStage } from './stage'

const never = () => () => undefined

/** What somebody asks us to come to, when and where: in the zone of who reads. */
export function InvitationCard({ at, invitation }: { at: MessageAt; invitation: Invitation }) {
  const words = useWords().reader.invitation
  const newer = useNewer(at, invitation)
  const isOff = invitation.method === 'cancel' || newer?.method === 'cancel'
  return (
    <section aria-label={words.label} className={cx(cardClass, 'flex-wrap items-center')}>
      <Day invitation={invitation} />
      <div className="min-w-0 grow basis-56 max-sm:basis-40">
        {invitation.method !== 'request' && (
          <p className={cx('text-xs font-semibold', isOff ? 'text-bad' : 'text-ink-2')}>
            {words.methods[invitation.method]}
          </p>
        )}
        {/* No heading: it would often repeat the subject, which is one. */}
        <p className={cx('font-semibold wrap-anywhere', isOff && 'line-through')}>
          <bdi>{invitation.title || words.noTitle}</bdi>
        </p>
        <Facts invitation={invitation} />
        <People invitation={invitation} />
      </div>
      <div className="ms-auto flex items-center gap-1 max-split:grow">
        {!newer && <InvitationAnswers at={at} invitation={invitation} />}
        <a
          href={doors.part(at, invitation.part)}
          download="invite.ics"
          aria-label={words.download}
          data-tip={words.download}
          className={cx(buttonClass('quiet', 's'), 'px-2! print:hidden')}
        >
          <Download aria-hidden="true" className="lucide" />
        </a>
      </div>
      {newer && <Newer at={at} newer={newer} />}
    </section>
  )
}

function Facts({ invitation }: { invitation: Invitation }) {
  const words = useWords().reader.invitation
  const facts = [invitation.place, invitation.repeats && shownRecurrence(invitation.repeats, words)]
  return (
    <p className="text-[12.5px] wrap-anywhere text-ink-2">
      <Span invitation={invitation} />
      {facts.filter(Boolean).map((fact) => (
        <bdi key={String(fact)}> · {fact}</bdi>
      ))}
    </p>
  )
}

/** Asked for once the card stands: what came later may be anywhere in the folder. */
function useNewer(at: MessageAt, { mine }: Invitation): NewerInvitation {
  const [newer, setNewer] = useState<NewerInvitation>(null)
  const { account, folder, message } = at
  const asks = useStage() === 'shown' && mine !== null
  useEffect(() => {
    if (!asks) return
    const asking = new AbortController()
    call('newerInvitation', { account, folder, message }, { signal: asking.signal }).then(
      (found) => setNewer(found.newer),
      () => undefined,
    )
    return () => asking.abort()
  }, [asks, account, folder, message])
  return newer
}

function Newer({ at, newer }: { at: MessageAt; newer: NonNullable<NewerInvitation> }) {
  const app = useApp()
  const words = useWords().reader.invitation
  return (
    <p className="flex basis-full items-center gap-2 rounded-s bg-sunken py-1 ps-2.5 pe-1 text-[12.5px] text-ink-2">
      <History aria-hidden="true" className="lucide shrink-0" />
      {words.newer[newer.method]}
      <button
        type="button"
        className="ms-auto rounded-s px-2 py-1 font-medium text-accent hover:underline pointer-coarse:min-h-11"
        onClick={() => app.go({ account: at.account, folder: newer.folder, message: newer.message })}
      >
        {words.showNewer}
      </button>
    </p>
  )
}

function People({
  invitation: { organiser, answers, comment, mine, invitedAs },
}: {
  invitation: Invitation
}) {
  const words = useWords().reader.invitation
  return (
    <>
      {organiser && (
        <p className="text-[12.5px] wrap-anywhere text-ink-2">
          <bdi>{words.organiser(shownName(organiser))}</bdi>
        </p>
      )}
      {mine !== null && invitedAs && (
        <p className="text-[12.5px] wrap-anywhere text-ink-2">
          <bdi>{words.invitedAs(invitedAs)}</bdi>
        </p>
      )}
      {answers.map(({ who, says }, index) => (
        <p key={index} className="text-[12.5px] wrap-anywhere text-ink-2">
          <bdi>{words.answers[says](shownName(who))}</bdi>
        </p>
      ))}
      {comment && (
        <p className="mt-1 border-s-2 border-line-strong ps-2 text-sm wrap-anywhere">
          <bdi>{comment}</bdi>
        </p>
      )}
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
