'use client'
import { Button } from '@/components/ui/button'
import { LaterDialog } from '@/components/ui/later-dialog'
import { useWords } from '@/lib/i18n/react'
import type { Misleading } from './link-check'

/** Asked before a link is followed whose text names another host. */
export function MisledDialog({ link, onClose }: { link: Misleading | null; onClose: () => void }) {
  const words = useWords().reader.link
  const follow = () => {
    if (link) window.open(link.href, '_blank', 'noopener,noreferrer')
    onClose()
  }
  return (
    <LaterDialog
      open={link !== null}
      onClose={onClose}
      title={words.title(link?.host ?? '')}
      description={words.asks(link?.said ?? '')}
      close={words.close}
      footer={
        <>
          <Button onClick={follow}>{words.open(link?.host ?? '')}</Button>
          <Button kind="primary" onClick={onClose}>
            {words.stay}
          </Button>
        </>
      }
    >
      <p className="max-h-24 overflow-y-auto rounded-s bg-sunken px-2 py-1.5 font-mono text-xs wrap-anywhere">
        <bdi>{link?.href.slice(0, 2000)}</bdi>
      </p>
    </LaterDialog>
  )
}
