'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { cx } from '@/components/ui/cx'
import { doors } from '@/lib/client/api'
import { messageKey, type MessageAt } from '@/lib/client/cache/state'
import { useSearch } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'
import { termsIn } from '@/lib/model/search'
import { linkFrame } from './frame-link'
import { markTerms } from './frame-marks'
import { usual, useLook } from './look'
import type { Misleading } from './link-check'
import { MisledDialog } from './misled-dialog'
import type { Hand } from './boards'
import { useHand, useStage } from './stage'
import { useTheme } from './theme'

export interface BodyFrameProps {
  at: MessageAt
  images: 'blocked' | 'shown'
  title: string
  /** A part that is a message of its own. */
  inside?: string
  /** All of a very long message. */
  extent?: 'all' | undefined
  onMailto: (href: string) => void
  /** `part`: more was sent than is shown. */
  onShown: (extent: 'whole' | 'part') => void
  onFailed: () => void
}

// A frame that is as tall as it was last time does not push around what stands below it.
const knownHeights = new Map<string, number>()
const mostKnown = 500

const remember = (key: string, height: number) => {
  knownHeights.delete(key)
  knownHeights.set(key, height)
  for (const oldest of knownHeights.keys()) {
    if (knownHeights.size <= mostKnown) break
    knownHeights.delete(oldest)
  }
}

/**
 * The body of a message, in a document of its own. The sandbox is decision 4 of DESIGN.md, word for word: no
 * scripts, ever; the same origin only so that the page can measure it and hear its keys.
 */
export function BodyFrame(props: BodyFrameProps) {
  const { at, images, title, inside, extent, onMailto, onShown, onFailed } = props
  const own = useTheme()
  const chosen = useLook(at)
  // What was chosen for a message is not chosen for those inside it.
  const look = inside ? usual : chosen
  const { link, showHistory } = useWords().reader
  const [misled, setMisled] = useState<Misleading | null>(null)
  const src = doors.frame(at, {
    images,
    theme: look.paper === 'usual' ? own : look.paper,
    inside,
    extent,
    as: look.as === 'html' ? undefined : look.as,
    font: look.font === 'usual' ? undefined : look.font,
  })
  const [height, setHeight] = useState(() => knownHeights.get(src) ?? 0)
  const [state, setState] = useState<'loading' | 'shown'>('loading')
  const unlink = useRef<() => void>(() => undefined)
  const shown = useRef<HTMLIFrameElement>(null)
  const stage = useStage()
  // Of a message that is only prepared, no frame is named like the open one's.
  const name = useCallback<Hand>(
    (now) => {
      if (shown.current) shown.current.title = now === 'shown' ? title : ''
    },
    [title],
  )
  useHand(name)
  const sought = useSearch()?.text ?? ''
  useEffect(() => {
    if (state === 'shown' && shown.current) markTerms(shown.current, termsIn(sought))
  }, [state, sought, src])
  useEffect(() => () => unlink.current(), [])

  const loaded = (frame: HTMLIFrameElement) => {
    unlink.current()
    const isMessage = Boolean(frame.contentDocument?.body?.dataset.phKind)
    if (!isMessage) return onFailed()
    unlink.current = linkFrame(frame, {
      mailto: onMailto,
      misled: setMisled,
      warning: ({ said, host }) => link.warning(host, said),
      history: showHistory,
      resized: (wanted) => {
        remember(src, wanted)
        setHeight(wanted)
      },
    })
    markTerms(frame, termsIn(sought))
    setState('shown')
    onShown(frame.contentDocument?.body.dataset.phWhole === 'no' ? 'part' : 'whole')
  }

  return (
    <>
      <iframe
        ref={shown}
        title={title}
        // An answer quotes what is selected in it (components/composer/answer/selection.ts).
        data-body-of={inside ? undefined : messageKey(at)}
        src={src}
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-modals"
        referrerPolicy="no-referrer"
        onLoad={(event) => loaded(event.currentTarget)}
        style={{ height: Math.max(height, 24) }}
        className={cx(
          'block w-full border-0 transition-opacity duration-100',
          state === 'loading' && 'opacity-0',
        )}
      />
      <MisledDialog link={stage === 'shown' ? misled : null} onClose={() => setMisled(null)} />
    </>
  )
}
