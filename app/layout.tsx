import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { Base } from '@/components/shell/base'
import { languageFor, languages } from '@/lib/i18n'
import { WordsProvider } from '@/lib/i18n/speaker'
import { readPreferences } from '@/lib/server/actions/preferences'
import { session } from '@/lib/server/auth/page-session'
import { ownerOf } from '@/lib/server/auth/session'
import { config } from '@/lib/server/config'
import './globals.css'

export const metadata: Metadata = { title: 'Posthorn', robots: { index: false } }
export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  interactiveWidget: 'resizes-content',
}

const chosen = async () => {
  const who = await session()
  return who ? readPreferences(ownerOf(who)) : null
}

/** The document. `data-base` tells the browser the prefix; `data-theme` is there before the first paint. */
export default async function Document({ children }: { children: ReactNode }) {
  // Reading the request makes every page its own: the nonce in its policy is never cached.
  const asked = (await headers()).get('accept-language')
  const wishes = await chosen()
  const base = config().basePath
  const language = languageFor(wishes?.language, asked)
  return (
    <html
      lang={language}
      dir={languages[language].direction}
      data-base={base}
      data-theme={!wishes || wishes.theme === 'system' ? undefined : wishes.theme}
      suppressHydrationWarning
    >
      <body>
        <Base path={base}>
          <WordsProvider language={language}>{children}</WordsProvider>
        </Base>
      </body>
    </html>
  )
}
