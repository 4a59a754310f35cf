'use client'
import { useState } from 'react'
import { compose } from '@/components/composer/desk'
import { startFromMailto } from '@/components/composer/mailto'
import { Avatar } from '@/components/ui/avatar'
import { Button } from '@/components/ui/button'
import type { MessageAt } from '@/lib/client/cache/state'
import { useWords } from '@/lib/i18n/react'
import { shownName } from '@/lib/model/address'
import type { MessageDetail } from '@/lib/model/message'
import { BodyFrame } from '../body-frame'
import { Details } from '../details'
import { FileList } from '../file-list'
import { InvitationCard } from '../invitation-card'
import { When } from '../when'

/** A message inside a message (RFC 2046 section 5.2.1), read like any other but answered by nobody. */
export function InnerMessage({ at, part, detail }: { at: MessageAt; part: string; detail: MessageDetail }) {
  const { reader } = useWords()
  const [images, setImages] = useState<'blocked' | 'shown'>('blocked')
  const sender = detail.from[0] ?? detail.sender[0] ?? { name: '', address: '' }
  const name = shownName(sender) || reader.noSender
  const files = detail.attachments.filter((file) => !file.inline)
  return (
    <article className="mx-auto max-w-[880px] px-6 py-7 max-sm:px-3.5">
      <h2 dir="auto" className="mb-4 text-xl leading-tight font-semibold wrap-anywhere max-sm:text-lg">
        {detail.subject || reader.noSubject}
      </h2>
      <div className="rounded-l border border-line bg-raised">
        <header className="flex items-center gap-3 px-4 py-[13px]">
          <Avatar name={name} seed={sender.address} size="l" />
          <div className="min-w-0 grow">
            <bdi className="block truncate font-semibold">{name}</bdi>
            <bdi className="block truncate text-[12.5px] text-ink-3">{sender.name && sender.address}</bdi>
          </div>
          {detail.body.blockedRemote > 0 && images === 'blocked' && (
            <Button size="s" onClick={() => setImages('shown')}>
              {reader.showImages}
            </Button>
          )}
          <When iso={detail.date} className="text-[12.5px] whitespace-nowrap text-ink-3" />
        </header>
        <details className="mx-4 mb-3 text-sm">
          <summary className="w-fit cursor-pointer rounded-s text-accent">{reader.showDetails}</summary>
          <Details detail={detail} />
        </details>
        {detail.invitation && <InvitationCard at={at} invitation={detail.invitation} />}
        <div className="px-6 pb-[18px] max-sm:px-4">
          {detail.body.shows === 'none' ? (
            <p className="text-sm text-ink-3">{reader.bodyEmpty}</p>
          ) : (
            <BodyFrame
              at={at}
              inside={part}
              images={images}
              title={reader.preview.innerBody}
              onMailto={(href) => compose(startFromMailto(href))}
              onShown={() => undefined}
              onFailed={() => undefined}
            />
          )}
        </div>
        {files.length > 0 && (
          <div className="px-6 pb-4 max-sm:px-4">
            <FileList at={at} files={files} />
          </div>
        )}
      </div>
    </article>
  )
}
