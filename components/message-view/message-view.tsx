'use client'
import { useEffect, useRef, useState } from 'react'
import { MailX, TriangleAlert } from 'lucide-react'
import { compose } from '@/components/composer/desk'
import { startFromMailto } from '@/components/composer/mailto'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { ErrorState } from '@/components/ui/states'
import { setFlag } from '@/lib/client/actions'
import { messageKey, type MessageAt } from '@/lib/client/cache/state'
import { useApp, useMessage, usePreferences } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'
import { showsImages } from '@/lib/model/remote-images'
import type { ErrorCode } from '@/lib/model/errors'
import type { Attachment, MessageDetail } from '@/lib/model/message'
import { AnswerButtons } from './answer-buttons'
import { Attachments } from './attachments'
import { BodyFrame } from './body-frame'
import { BounceCard } from './bounce-card'
import { Stack } from './conversation'
import { MessageHeader } from './header'
import { InvitationCard } from './invitation-card'
import { MessageLoading } from './loading'
import { lookAs, useLook } from './look'
import { BlockedNote, DraftNote, RefusedNote, TrustNotes } from './notes'
import { PartialNote } from './partial-note'
import { usePrefetch } from './prefetch'
import { ReceiptCard, ReceiptWish } from './receipt'
import { ProtectionNote } from './protection-note'
import { MessageToolbar } from './toolbar'

/** The open message with its toolbar: the region "Message". */
export function MessageView({ at }: { at: MessageAt }) {
  const words = useWords()
  const opened = useMessage(at)
  const scroller = useRef<HTMLDivElement>(null)
  const key = messageKey(at)
  usePrefetch(at)
  // `void`: newer Chromium answers scrollTo with a promise, which React would take for a cleanup.
  useEffect(() => void scroller.current?.scrollTo(0, 0), [key])
  return (
    <section
      aria-label={words.reader.message}
      className="flex h-full min-h-0 min-w-0 flex-col bg-surface print:block print:h-auto"
    >
      <MessageToolbar at={at} />
      <div ref={scroller} className="min-h-0 grow overflow-x-hidden overflow-y-auto print:overflow-visible">
        {opened.state === 'ready' && <OpenMessage key={key} at={at} detail={opened.detail} />}
        {opened.state === 'loading' && <MessageLoading key={key} />}
        {opened.state === 'failed' && <NotOpened problem={opened.problem} again={opened.again} />}
      </div>
    </section>
  )
}

function NotOpened({ problem, again }: { problem: ErrorCode; again: () => void }) {
  const words = useWords()
  // A link whose UIDVALIDITY is not the folder's names a message that will never come back (RFC 9051 section 2.3.1.1).
  const told = problem === 'mailbox-changed' ? 'message-gone' : problem
  const { title, advice } = words.errors[told]
  const isGone = told === 'message-gone' || told === 'not-found'
  return (
    <div className="flex h-full flex-col">
      <ErrorState
        icon={isGone ? <MailX /> : <TriangleAlert />}
        title={isGone ? title : words.reader.failed}
        actions={!isGone && <Button onClick={again}>{words.reader.retry}</Button>}
      >
        {isGone ? advice : `${title}. ${advice}`}
      </ErrorState>
    </div>
  )
}

/** Reading writes nothing; that it was read is a request of its own, once it is on screen. */
function useMarkRead(at: MessageAt, detail: MessageDetail): () => void {
  const app = useApp()
  const done = useRef<'no' | 'yes'>(detail.flags.seen ? 'yes' : 'no')
  return () => {
    if (done.current === 'yes') return
    done.current = 'yes'
    const { message, ...folder } = at
    // Not told when it fails: the message simply stays unread.
    void setFlag(app, { ...folder, ids: [message] }, 'seen', true).catch(() => undefined)
  }
}

type BodyState = 'loading' | 'shown' | 'failed'

function OpenMessage({ at, detail }: { at: MessageAt; detail: MessageDetail }) {
  const words = useWords()
  const [body, setBody] = useState<BodyState>('loading')
  return (
    <article className="w-full max-w-[880px] px-[30px] pt-[22px] pb-7 max-sm:px-3.5 max-sm:pt-4 print:max-w-none print:p-0">
      <h2
        dir="auto"
        className="mb-4 text-xl leading-tight font-semibold tracking-[-0.018em] wrap-anywhere max-sm:text-lg"
      >
        {detail.subject || words.reader.noSubject}
      </h2>
      <Stack
        at={at}
        draw={(other, theirs, title) => (
          <MessageCard key={messageKey(other)} at={other} detail={theirs} title={title} />
        )}
      >
        <MessageCard at={at} detail={detail} title={words.reader.body} onBody={setBody} />
      </Stack>
      <div className={cx(body === 'loading' && detail.body.shows !== 'none' && 'invisible')}>
        {at.folder !== 'drafts' && <AnswerButtons />}
      </div>
    </article>
  )
}

interface CardProps {
  at: MessageAt
  detail: MessageDetail
  /** Names the frame of its body. */
  title: string
  onBody?: (state: BodyState) => void
}

const isCalendar = ({ type }: Attachment): boolean => /^(text\/calendar|application\/ics)$/i.test(type)

/** Without the invitation's file, which its card gives: most senders put it in twice, shown and attached. */
const shownFiles = ({ attachments, invitation }: MessageDetail): Attachment[] => {
  const files = attachments.filter((file) => !file.inline && file.part !== invitation?.part)
  const calendars = files.filter(isCalendar)
  return invitation && calendars.length === 1 ? files.filter((file) => !isCalendar(file)) : files
}

/** One message: who wrote, what, and the files. */
function MessageCard({ at, detail, title, onBody }: CardProps) {
  const markRead = useMarkRead(at, detail)
  const look = useLook(at)
  const policy = usePreferences().images
  const allowed = showsImages({ folder: at.folder, policy, standing: detail.standing })
  const images = allowed || look.images === 'shown' ? 'shown' : 'blocked'
  const [body, setOwnBody] = useState<BodyState>('loading')
  const words = useWords()
  const setBody = (state: BodyState) => {
    setOwnBody(state)
    onBody?.(state)
  }
  const [extent, setExtent] = useState<'start' | 'all' | 'most'>('start')
  const shown = (seen: 'whole' | 'part') => {
    setBody('shown')
    markRead()
    // Even all of it was too much.
    if (extent === 'all' && seen === 'part') setExtent('most')
  }
  const files = shownFiles(detail)
  return (
    <div className="rounded-l border border-line bg-raised print:border-0">
      <MessageHeader at={at} detail={detail} />
      {at.folder === 'drafts' && <DraftNote at={at} />}
      {detail.standing.mail === 'blocked' && <RefusedNote detail={detail} />}
      <TrustNotes detail={detail} />
      {detail.body.blockedRemote > 0 && images === 'blocked' && (
        <BlockedNote detail={detail} onShow={() => lookAs(at, { images: 'shown' })} />
      )}
      <ReceiptWish at={at} detail={detail} />
      {detail.readReceipt && <ReceiptCard receipt={detail.readReceipt} from={detail.from} />}
      {detail.protection && <ProtectionNote protection={detail.protection} />}
      <PartialNote at={at} body={detail.body} extent={extent} onAll={() => setExtent('all')} />
      {detail.bounce && <BounceCard bounce={detail.bounce} />}
      {detail.invitation && <InvitationCard at={at} invitation={detail.invitation} />}
      <div className="ps-[63px] pe-6 pb-[18px] max-sm:px-4">
        {detail.body.shows === 'none' && <Unseen onSeen={markRead} />}
        {detail.body.shows !== 'none' && (
          <BodyFrame
            at={at}
            images={images}
            title={title}
            extent={extent === 'start' ? undefined : 'all'}
            onMailto={(href) => compose(startFromMailto(href))}
            onShown={shown}
            onFailed={() => setBody('failed')}
          />
        )}
        {body === 'failed' && <p className="text-sm text-bad">{words.reader.bodyFailed}</p>}
      </div>
      {/* What stands below the text appears with it, so that nothing is pushed away. */}
      <div className={cx(body === 'loading' && detail.body.shows !== 'none' && 'invisible')}>
        <Attachments at={at} files={files} />
      </div>
    </div>
  )
}

function Unseen({ onSeen }: { onSeen: () => void }) {
  const { reader } = useWords()
  useEffect(onSeen)
  return <p className="text-sm text-ink-3">{reader.bodyEmpty}</p>
}
