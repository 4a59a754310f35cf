'use client'
import { FileLock, FileSignature } from 'lucide-react'
import { useWords } from '@/lib/i18n/react'
import type { Protection } from '@/lib/model/cards'

/** Signed or encrypted: named, and said plainly that nothing was checked. */
export function ProtectionNote({ protection: { kind, does } }: { protection: NonNullable<Protection> }) {
  const { protection: words } = useWords().reader
  const Icon = does === 'signed' ? FileSignature : FileLock
  return (
    <div className="mx-4 mb-3 ms-[63px] flex items-center gap-[9px] rounded-s bg-sunken px-2.5 py-2 text-[12.5px] text-ink-2 max-sm:ms-4">
      <Icon aria-hidden="true" className="lucide shrink-0" />
      {words[does](words.kinds[kind])}
    </div>
  )
}
