import { ArrowLeft } from 'lucide-react'
import Link from 'next/link'

/** The way back from a page that stands in the place of the list, before its title. */
export function BackLink({ href, label }: { href: string; label: string }) {
  return (
    <Link
      href={href}
      prefetch={false}
      aria-label={label}
      data-tip={label}
      className="-ms-2 grid size-8 flex-none place-items-center rounded-s text-ink-2 hover:bg-hover hover:text-ink pointer-coarse:size-11"
    >
      <ArrowLeft className="lucide rtl:-scale-x-100" />
    </Link>
  )
}
