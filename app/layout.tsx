import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { Base } from '@/components/shell/base'
import { WordsProvider } from '@/lib/i18n/react'
import { readPreferences } from '@/lib/server/actions/preferences'
import { ownerOf, session } from '@/lib/server/auth/session'
import { config } from '@/lib/server/config'
import './globals.css'

export const metadata: Metadata = { title: 'Posthorn', robots: { index: false } }
export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  interactiveWidget: 'resizes-content',
}

const chosenTheme = async (): Promise<'light' | 'dark' | undefined> => {
  const who = await session()
  if (!who) return undefined
  const { theme } = await readPreferences(ownerOf(who))
  return theme === 'system' ? undefined : theme
}

/** The document. `data-base` tells the browser the prefix; `data-theme` is there before the first paint. */
export default async function Document({ children }: { children: ReactNode }) {
  // Reading the request makes every page its own: the nonce in its policy is never cached.
  await headers()
  const base = config().basePath
  return (
    <html lang="en" data-base={base} data-theme={await chosenTheme()} suppressHydrationWarning>
      <body>
        <Base path={base}>
          <WordsProvider language="en">{children}</WordsProvider>
        </Base>
      </body>
    </html>
  )
}
