'use client'
import { useRef, useState } from 'react'
import { compose } from '@/components/composer/desk'
import { startFromMailto } from '@/components/composer/mailto'
import { Button, buttonClass } from '@/components/ui/button'
import { LaterDialog } from '@/components/ui/later-dialog'
import { showToast } from '@/components/ui/toast'
import { call } from '@/lib/client/api'
import type { MessageAt } from '@/lib/client/cache/state'
import { useWords } from '@/lib/i18n/react'
import type { Unsubscribe as Way } from '@/lib/model/cards'

/** The way out of a mailing list, as its sender offers it. */
export function Unsubscribe({ at, way }: { at: MessageAt; way: NonNullable<Way> }) {
  const { unsubscribe } = useWords().reader
  if (way.way === 'one-click') return <OneClick at={at} host={way.host} />
  if (way.way === 'mail')
    return (
      <Button size="s" kind="quiet" onClick={() => compose(startFromMailto(way.mailto))}>
        {unsubscribe.action}
      </Button>
    )
  return (
    <a
      href={way.url}
      title={way.url}
      target="_blank"
      rel="noopener noreferrer"
      className={buttonClass('quiet', 's')}
    >
      {unsubscribe.action}
    </a>
  )
}

function OneClick({ at, host }: { at: MessageAt; host: string }) {
  const { unsubscribe: words } = useWords().reader
  const [step, setStep] = useState<'idle' | 'asking' | 'busy' | 'done'>('idle')
  const asking = useRef<AbortController>(null)
  const close = () => {
    asking.current?.abort()
    setStep('idle')
  }
  const leave = async () => {
    setStep('busy')
    const { signal } = (asking.current = new AbortController())
    const { outcome } = await call('unsubscribe', at, { signal }).catch(() => ({
      outcome: 'refused' as const,
    }))
    if (signal.aborted) return
    setStep(outcome === 'done' ? 'done' : 'idle')
    showToast(outcome === 'done' ? { text: words.done } : { text: words.failed, tone: 'bad' })
  }
  if (step === 'done') return <span className="text-sm text-ink-2">{words.done}</span>
  return (
    <>
      <Button size="s" kind="quiet" onClick={() => setStep('asking')}>
        {words.action}
      </Button>
      <LaterDialog
        open={step !== 'idle'}
        onClose={close}
        title={words.title}
        description={words.asks(host)}
        close={words.close}
        footer={
          <Button kind="primary" state={step === 'busy' ? 'busy' : 'idle'} onClick={() => void leave()}>
            {words.action}
          </Button>
        }
      />
    </>
  )
}
