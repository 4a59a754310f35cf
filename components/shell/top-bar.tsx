'use client'
import { SlidersHorizontal, UsersRound } from 'lucide-react'
import Link from 'next/link'
import { Horn } from '@/components/ui/horn'
import { useWords } from '@/lib/i18n/react'
import { AccountMenu } from './account-menu'
import { SearchField } from './search-field'

const places = [
  { href: '/contacts', name: 'contacts', icon: <UsersRound /> },
  { href: '/settings/appearance', name: 'settings', icon: <SlidersHorizontal /> },
] as const

/** Brand, the one search field, contacts, settings, account. On a phone the panes carry their own bars, and only the field is here. */
export function TopBar() {
  const words = useWords()
  return (
    <header className="col-span-full grid grid-cols-[var(--rail)_minmax(0,620px)_1fr] items-center border-b bg-canvas max-split:contents print:hidden">
      <div className="flex items-center gap-[9px] px-[18px] max-split:hidden font-semibold tracking-[-0.01em]">
        <Horn />
        {words.shell.product}
      </div>
      <SearchField />
      <div className="flex items-center gap-0.5 justify-self-end pe-3.5 max-split:hidden">
        {places.map(({ href, name, icon }) => (
          <Link
            key={href}
            href={href}
            prefetch={false}
            aria-label={words.shell[name]}
            data-tip={words.shell[name]}
            className="grid size-8 place-items-center rounded-s text-ink-2 hover:bg-hover hover:text-ink pointer-coarse:size-11"
          >
            {icon}
          </Link>
        ))}
        <AccountMenu className="ms-2" />
      </div>
    </header>
  )
}
