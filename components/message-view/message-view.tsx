'use client'
import { useCallback, useEffect, useRef } from 'react'
import { MailX, TriangleAlert } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/states'
import { messageKey, type MessageAt } from '@/lib/client/cache/state'
import { useApp, useMessage } from '@/lib/client/react'
import { leaveReading } from '@/lib/client/reading'
import { useWords } from '@/lib/i18n/react'
import type { ErrorCode } from '@/lib/model/errors'
import { MessageLoading } from './loading'
import { usePrepared } from './prefetch'
import { StagedMessage } from './open-message'
import { useBoards } from './stage'
import { MessageToolbar } from './toolbar'

/** The open message with its toolbar: the region "Message". Its neighbours are loaded behind it, unseen and silent. */
export function MessageView({ at }: { at: MessageAt }) {
  const words = useWords()
  const opened = useMessage(at)
  const scroller = useRef<HTMLDivElement>(null)
  const key = messageKey(at)
  const stages = usePrepared(at)
  // Asked first: a reader that stands at its top need not be laid out to stay there.
  const toTop = useCallback(() => {
    if (scroller.current && scroller.current.scrollTop > 0) void scroller.current.scrollTo(0, 0)
  }, [])
  const boards = useBoards(key, toTop)
  const app = useApp()
  const { account, folder, message } = at
  useEffect(() => () => leaveReading(app, { account, folder, message }), [app, account, folder, message])
  return (
    <section
      aria-label={words.reader.message}
      className="flex h-full min-h-0 min-w-0 flex-col bg-surface print:block print:h-auto"
    >
      <MessageToolbar at={at} />
      <div
        ref={scroller}
        className="relative min-h-0 grow overflow-x-hidden overflow-y-auto print:overflow-visible"
      >
        {stages.map((one) => (
          <StagedMessage
            key={messageKey(one)}
            boards={boards}
            at={one}
            stage={messageKey(one) === key ? 'shown' : 'prepared'}
          />
        ))}
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
