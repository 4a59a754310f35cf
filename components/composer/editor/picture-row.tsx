'use client'
import { Button } from '@/components/ui/button'
import { inputClass } from '@/components/ui/input'
import { cx } from '@/components/ui/cx'
import { useSignal } from '@/lib/client/signal'
import { useLaterWords } from '@/lib/i18n/later'
import type { EditorShared } from './format-bar'
import { changePicture, chosenPicture, removePicture } from './put-pictures'

const widths = { small: 200, medium: 400, large: 600, original: null } as const

export interface PictureActs {
  /** What else can be done with the picture of this `src`; empty where there is nothing. */
  of: (src: string) => { label: string; run: () => void; leaves: 'text' | 'no' }[]
}

/** What can be done with the picture that is selected. */
export function PictureRow({ shared, acts }: { shared: EditorShared; acts?: PictureActs }) {
  const { compose: words } = useLaterWords()
  const view = useSignal(shared.view, (now) => now)
  // Asked at every key, and drawn anew when a picture is what is selected.
  useSignal(shared.ticks, (count) => (chosenPicture(view) ? count : 0))
  const picture = chosenPicture(view)
  if (!view || !picture) return null
  return (
    <div
      role="group"
      aria-label={words.picture}
      className="flex flex-none flex-wrap items-center gap-2 border-t border-line px-[18px] py-2"
    >
      <span className="flex flex-wrap gap-1">
        {(Object.keys(widths) as (keyof typeof widths)[]).map((name) => (
          <Button
            key={name}
            size="s"
            kind="quiet"
            aria-pressed={picture.width === widths[name]}
            className="aria-pressed:bg-hover"
            onClick={() => changePicture(view, picture, { width: widths[name] })}
          >
            {words.pictureSizes[name]}
          </Button>
        ))}
      </span>
      <input
        aria-label={words.pictureText}
        placeholder={words.pictureText}
        value={picture.alt}
        maxLength={300}
        dir="auto"
        className={cx(inputClass, 'h-8 grow basis-28 pointer-coarse:h-11')}
        onChange={(event) => changePicture(view, picture, { alt: event.target.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          view.focus()
        }}
      />
      {acts?.of(picture.src).map(({ label, run, leaves }) => (
        <Button
          key={label}
          size="s"
          onClick={() => {
            run()
            if (leaves === 'text') removePicture(view, picture)
          }}
        >
          {label}
        </Button>
      ))}
      <Button size="s" onClick={() => removePicture(view, picture)}>
        {words.pictureRemove}
      </Button>
    </div>
  )
}
