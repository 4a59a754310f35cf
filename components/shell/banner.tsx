'use client'
import { CloudOff } from 'lucide-react'
import { signInPath } from '@/lib/client/session'
import { useMail, useUi } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'

/** The one line that says the connection is gone, or the session over. It takes no room from what is being read. */
export function Banner() {
  const words = useWords()
  const live = useUi((ui) => ui.live)
  const link = useMail((state) => state.link)
  const session = useMail((state) => state.session)
  const over = session === 'signed-out'
  const text = over
    ? words.shell.signedOut
    : live === 'lost'
      ? words.shell.offline
      : link === 'offline'
        ? words.shell.mailServerOffline
        : null
  if (!text) return null
  return (
    <div
      role="status"
      className="fixed start-1/2 top-2 z-40 flex w-fit max-w-[calc(100vw-24px)] -translate-x-1/2 animate-fade items-center gap-2.5 rounded-m border border-line-strong bg-raised px-3.5 py-2 text-sm shadow-float rtl:translate-x-1/2"
    >
      <CloudOff className="text-warn" />
      {text}
      {over && (
        <a
          href="#"
          className="font-semibold text-accent hover:underline"
          onClick={(event) => {
            event.preventDefault()
            window.location.assign(signInPath())
          }}
        >
          {words.shell.signIn}
        </a>
      )}
    </div>
  )
}
