import { cx } from '@/components/ui/cx'
import type { Preferences } from '@/lib/model/preferences'

function Page({ look }: { look: 'light' | 'dark' }) {
  return (
    <span data-look={look} className="grid grow grid-cols-[1fr_2fr] gap-1.5 bg-canvas p-1.5">
      <span className="grid content-start gap-1 pt-1">
        <span className="h-1 rounded-full bg-accent" />
        <span className="h-1 rounded-full bg-line-strong" />
        <span className="h-1 rounded-full bg-line-strong" />
      </span>
      <span className="grid content-start gap-1 rounded-xs bg-surface p-1">
        <span className="h-1 w-4/5 rounded-full bg-ink-3" />
        <span className="h-1 w-3/5 rounded-full bg-line-strong" />
      </span>
    </span>
  )
}

/** The page in small, in the colours of the choice. */
export function ThemePicture({ theme }: { theme: Preferences['theme'] }) {
  return (
    <span aria-hidden="true" className="flex h-12 overflow-hidden rounded-s border">
      {theme !== 'dark' && <Page look="light" />}
      {theme !== 'light' && <Page look="dark" />}
    </span>
  )
}

const lines: Record<Preferences['density'], readonly string[]> = {
  comfortable: ['w-2/5 bg-ink-3', 'w-4/5 bg-line-strong', 'w-3/5 bg-line-strong'],
  cosy: ['w-2/5 bg-ink-3', 'w-4/5 bg-line-strong'],
  compact: ['w-4/5 bg-ink-3'],
}

export function DensityPicture({ density }: { density: Preferences['density'] }) {
  return (
    <span
      aria-hidden="true"
      className="grid h-12 content-start gap-1.5 overflow-hidden rounded-s border bg-surface p-1.5"
    >
      {Array.from({ length: 4 }, (_, row) => (
        <span key={row} className="grid gap-1 border-b pb-1.5">
          {lines[density].map((line) => (
            <span key={line} className={cx('h-1 rounded-full', line)} />
          ))}
        </span>
      ))}
    </span>
  )
}
