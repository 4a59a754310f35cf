'use client'
import { Crashed } from '@/components/shell/crashed'
import './globals.css'

/** When even the document could not be drawn: a document of its own. */
export default function GlobalError({ reset }: { reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <Crashed again={reset} />
      </body>
    </html>
  )
}
