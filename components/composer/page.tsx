'use client'
import { useEffect, useRef, useState } from 'react'
import { useRouter } from 'next/navigation'
import { useApp } from '@/lib/client/react'
import { useSignal } from '@/lib/client/signal'
import { useWords } from '@/lib/i18n/react'
import { compose, desk, type OpenLetter } from './desk'
import { startFromQuery } from './mailto'
import { LetterForm, letterOf } from './window'
import { TitleBar, titleOf } from './title-bar'

/** `/compose?to=&subject=&body=`: a composer that has the page to itself, for links and other programs. */
export function ComposePage() {
  const router = useRouter()
  const [id, setId] = useState<string | null>(null)
  const begun = useRef<'no' | 'yes'>('no')
  const open = useSignal(desk, (all) => all.find((one) => one.id === id && one.layout === 'page'))
  useEffect(() => {
    if (begun.current === 'yes') return
    begun.current = 'yes'
    setId(compose(startFromQuery(new URLSearchParams(window.location.search)), 'page'))
  }, [])
  useEffect(() => {
    // Sent, closed, discarded, or small while its files go up: this page has nothing more to show.
    if (id && !open) router.push('/mail/0/inbox')
  }, [id, open, router])
  return (
    <main className="flex h-full min-h-0 justify-center bg-canvas p-6 max-split:p-0">
      {open && <Sheet open={open} />}
    </main>
  )
}

function Sheet({ open }: { open: OpenLetter }) {
  const app = useApp()
  const words = useWords()
  const letter = letterOf(open, app)
  const title = useSignal(letter.state, (state) => titleOf(state, words))
  return (
    <section
      aria-label={title}
      data-scope="composer"
      data-layout="page"
      className="flex w-full max-w-[920px] min-w-0 flex-col overflow-hidden rounded-l border border-line bg-raised shadow-low max-split:rounded-none max-split:border-0"
    >
      <h1 className="sr-only">{title}</h1>
      <TitleBar letter={letter} layout="page" />
      <LetterForm letter={letter} />
    </section>
  )
}
