'use client'
import { useState } from 'react'
import { Crashed } from '@/components/shell/crashed'
import './globals.css'

/** When even the document could not be drawn: a document of its own, in the language of the one that failed. */
export default function GlobalError({ reset }: { reset: () => void }) {
  const [{ lang, dir }] = useState(() =>
    typeof document === 'undefined' ? { lang: 'en', dir: 'ltr' } : document.documentElement,
  )
  return (
    <html lang={lang || 'en'} dir={dir || 'ltr'}>
      <body>
        <Crashed again={reset} />
      </body>
    </html>
  )
}
