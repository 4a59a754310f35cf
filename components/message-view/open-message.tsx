'use client'
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { compose } from '@/components/composer/desk'
import { startFromMailto } from '@/components/composer/mailto'
import { afterPaint } from '@/lib/client/after-paint'
import { cx } from '@/components/ui/cx'
import { markOpened } from '@/lib/client/actions'
import { messageKey, type MessageAt } from '@/lib/client/cache/state'
import { useApp, useMail, usePreferences } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'
import { showsImages } from '@/lib/model/remote-images'
import type { Attachment, MessageDetail } from '@/lib/model/message'
import { AnswerButtons } from './answer-buttons'
import { Attachments } from './attachments'
import { BodyFrame } from './body-frame'
import { BounceCard } from './bounce-card'
import { Stack, useStandsAlone } from './conversation'
import { MessageHeader } from './header'
import { InvitationCard } from './invitation-card'
import { MessageLabels } from './labels'
import { lookAs, useLook } from './look'
import { BlockedNote, DraftNote, RefusedNote, TrustNotes } from './notes'
import { PartialNote } from './partial-note'
import { ReceiptCard, ReceiptWish } from './receipt'
import { ProtectionNote } from './protection-note'
import type { Boards, Stage } from './boards'
import { Around, OnStage, useDrawn, useStage } from './stage'

interface Opened {
  at: MessageAt
  detail: MessageDetail
}

interface StagedProps {
  boards: Boards
  at: MessageAt
  stage: Stage
}

/** Going from message to message draws no message again: only what must know its stage asks for it. */
export const StagedMessage = memo(function StagedMessage({ at, ...on }: StagedProps) {
  const detail = useMail((state) => state.details.get(messageKey(at)))
  if (!detail) return null
  return (
    <OnStage at={at} {...on}>
      <OpenMessage at={at} detail={detail} />
    </OnStage>
  )
})

/** Reading writes nothing; that it was read is a request of its own, once it is on screen. */
function useMarkRead(at: MessageAt, detail: MessageDetail, on: 'screen' | 'way'): void {
  const app = useApp()
  const { seen } = detail.flags
  const { account, folder, message } = at
  // Marked as unread while it is open, it stays so until it is opened again.
  const done = useRef<'no' | 'yes'>('no')
  useEffect(() => {
    if (on === 'way') done.current = 'no'
    if (on === 'way' || done.current === 'yes') return
    return afterPaint(() => {
      done.current = 'yes'
      if (!seen) markOpened(app, { account, folder, message })
    })
  }, [app, on, seen, account, folder, message])
}

type BodyState = 'loading' | 'shown' | 'failed'

const OpenMessage = memo(function OpenMessage({ at, detail }: Opened) {
  const words = useWords()
  const [body, setBody] = useState<BodyState>('loading')
  return (
    <article className="w-full max-w-[880px] px-[30px] pt-[22px] pb-7 max-sm:px-3.5 max-sm:pt-4 print:max-w-none print:p-0">
      <Around>
        <div
          dir="auto"
          className="mb-4 text-xl leading-tight font-semibold tracking-[-0.018em] wrap-anywhere max-sm:text-lg"
        >
          <h2 className="inline">{detail.subject || words.reader.noSubject}</h2>
          <MessageLabels at={at} detail={detail} />
        </div>
      </Around>
      <Stack
        at={at}
        draw={(other, theirs, title) => (
          <MessageCard key={messageKey(other)} at={other} detail={theirs} title={title} />
        )}
      >
        <MessageCard at={at} detail={detail} title={words.reader.body} onBody={setBody} />
      </Stack>
      <Around className={cx(body === 'loading' && detail.body.shows !== 'none' && 'invisible')}>
        {at.folder !== 'drafts' && <AnswerButtons />}
      </Around>
    </article>
  )
})

interface CardProps extends Opened {
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

type Extent = 'start' | 'all' | 'most'

type Images = 'shown' | 'blocked' | 'later'

/** May remote images be shown? A sender who was allowed them once would learn of a message that was only prepared. */
const useImages = ({ at, detail }: Opened): Images => {
  const look = useLook(at)
  const stage = useStage()
  const policy = usePreferences().images
  const allowed = showsImages({ folder: at.folder, policy, standing: detail.standing })
  const images = allowed || look.images === 'shown' ? 'shown' : 'blocked'
  return stage === 'prepared' && images === 'shown' && detail.body.blockedRemote > 0 ? 'later' : images
}

/** One message: who wrote, what, and the files. */
const MessageCard = memo(function MessageCard(props: CardProps) {
  const { at, detail, title, onBody } = props
  const words = useWords()
  const images = useImages(props)
  const [body, setOwnBody] = useState<BodyState>('loading')
  const [extent, setExtent] = useState<Extent>('start')
  const readAll = useCallback(() => setExtent('all'), [])
  const files = useMemo(() => shownFiles(detail), [detail])
  const shown = useStage() === 'shown'
  useMarkRead(at, detail, shown && (body === 'shown' || detail.body.shows === 'none') ? 'screen' : 'way')
  // What will be put around it would push it down after it was seen.
  const alone = useStandsAlone(at)
  const isWhole = onBody !== undefined && body === 'shown' && images !== 'later' && alone
  useDrawn(isWhole ? 'drawn' : 'on its way')
  const setBody = (state: BodyState) => {
    setOwnBody(state)
    onBody?.(state)
  }
  const loaded = (seen: 'whole' | 'part') => {
    setBody('shown')
    // Even all of it was too much.
    if (extent === 'all' && seen === 'part') setExtent('most')
  }
  return (
    <div className="rounded-l border border-line bg-raised print:border-0">
      <Around>
        <AboveText at={at} detail={detail} images={images} extent={extent} onAll={readAll} />
      </Around>
      <div className="ps-[63px] pe-6 pb-[18px] max-sm:px-4">
        {shown && detail.body.shows === 'none' && (
          <p className="text-sm text-ink-3">{words.reader.bodyEmpty}</p>
        )}
        {detail.body.shows !== 'none' && images !== 'later' && (
          <BodyFrame
            at={at}
            images={images}
            title={title}
            extent={extent === 'start' ? undefined : 'all'}
            onMailto={(href) => compose(startFromMailto(href))}
            onShown={loaded}
            onFailed={() => setBody('failed')}
          />
        )}
        {shown && body === 'failed' && <p className="text-sm text-bad">{words.reader.bodyFailed}</p>}
      </div>
      {/* What stands below the text appears with it, so that nothing is pushed away. */}
      <Around className={cx(body === 'loading' && detail.body.shows !== 'none' && 'invisible')}>
        <Attachments at={at} files={files} />
      </Around>
    </div>
  )
})

interface AboveTextProps extends Opened {
  images: Images
  extent: Extent
  onAll: () => void
}

/** Who wrote, and whatever must be known before the text is believed. */
const AboveText = memo(function AboveText({ at, detail, images, extent, onAll }: AboveTextProps) {
  return (
    <>
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
      <PartialNote at={at} body={detail.body} extent={extent} onAll={onAll} />
      {detail.bounce && <BounceCard bounce={detail.bounce} />}
      {detail.invitation && <InvitationCard at={at} invitation={detail.invitation} />}
    </>
  )
})
