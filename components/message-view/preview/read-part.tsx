'use client'
import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Spinner } from '@/components/ui/spinner'
import { call } from '@/lib/client/api'
import type { MessageAt } from '@/lib/client/cache/state'
import { useWords } from '@/lib/i18n/react'
import type { Preview } from '@/lib/model/preview'
import { InvitationCard } from '../invitation-card'
import { ContactCards } from './contact-cards'
import { InnerMessage } from './inner-message'

type State = { is: 'loading' } | { is: 'failed' } | { is: 'ready'; preview: Preview }

/** What the server reads out of an attachment: text, an event, contacts, a message. */
export function ReadPart({ at, part }: { at: MessageAt; part: string }) {
  const { preview: words, retry } = useWords().reader
  const [state, setState] = useState<State>({ is: 'loading' })
  const [tries, setTries] = useState(0)
  const { account, folder, message } = at
  useEffect(() => {
    const asking = new AbortController()
    call('previewPart', { account, folder, message, part }, { signal: asking.signal }).then(
      (preview) => setState({ is: 'ready', preview }),
      () => !asking.signal.aborted && setState({ is: 'failed' }),
    )
    return () => asking.abort()
  }, [account, folder, message, part, tries])
  if (state.is === 'ready') return <Shown at={at} part={part} preview={state.preview} />
  return (
    <div className="grid h-full place-content-center justify-items-center gap-3 text-ink-2">
      {state.is === 'loading' ? (
        <Spinner className="animate-late" />
      ) : (
        <>
          <p>{words.failed}</p>
          <Button
            onClick={() => {
              setState({ is: 'loading' })
              setTries(tries + 1)
            }}
          >
            {retry}
          </Button>
        </>
      )}
    </div>
  )
}

function Shown({ at, part, preview }: { at: MessageAt; part: string; preview: Preview }) {
  const { preview: words } = useWords().reader
  if (preview.shows === 'message') return <InnerMessage at={at} part={part} detail={preview.detail} />
  if (preview.shows === 'contacts') return <ContactCards contacts={preview.contacts} />
  if (preview.shows === 'calendar')
    return (
      <div className="mx-auto max-w-[720px] py-8">
        <InvitationCard at={at} invitation={preview.invitation} />
      </div>
    )
  if (preview.shows === 'nothing')
    return <p className="grid h-full place-content-center text-ink-2">{words.none}</p>
  return (
    // Can be scrolled by the keyboard alone.
    <div tabIndex={0} className="mx-auto h-full max-w-[980px] overflow-auto bg-surface px-6 py-5">
      <pre dir="auto" className="font-mono text-sm leading-relaxed wrap-anywhere whitespace-pre-wrap">
        {preview.text}
      </pre>
      {!preview.whole && <p className="mt-4 text-sm text-ink-3">{words.cut}</p>}
    </div>
  )
}
