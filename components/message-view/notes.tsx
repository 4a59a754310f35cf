'use client'
import type { ReactNode } from 'react'
import Link from 'next/link'
import {
  Ban,
  ChevronDown,
  EyeOff,
  PenLine,
  Settings,
  TriangleAlert,
  UserRoundCheck,
  Users,
} from 'lucide-react'
import { compose } from '@/components/composer/desk'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { IconButton } from '@/components/ui/icon-button'
import { Menu, MenuItem, MenuPanel, MenuSlot, MenuTrigger } from '@/components/ui/menu'
import { tellProblem } from '@/lib/client/actions'
import type { MessageAt } from '@/lib/client/cache/state'
import { useApp } from '@/lib/client/react'
import { allowImages, unblockSender } from '@/lib/client/senders'
import { useWords } from '@/lib/i18n/react'
import type { MessageDetail } from '@/lib/model/message'

// One line each between the header of a message and its text: what was held back, what is odd about it.

export const noteClass =
  'mx-4 mb-3 ms-[63px] flex items-center gap-[9px] rounded-s bg-sunken py-1 ps-2.5 pe-1 text-[12.5px] text-ink-2 max-sm:ms-4 print:hidden'
export const noteAction =
  'ms-auto shrink-0 rounded-s px-2 py-1 font-medium text-accent hover:underline pointer-coarse:min-h-11'

export function BlockedNote({ detail, onShow }: { detail: MessageDetail; onShow: () => void }) {
  const { reader } = useWords()
  return (
    <div className={noteClass}>
      <EyeOff aria-hidden="true" className="lucide shrink-0" />
      <span title={reader.blockedWhy}>{reader.blocked(detail.body.blockedRemote, detail.body.trackers)}</span>
      <button type="button" onClick={onShow} className={noteAction}>
        {reader.showImages}
      </button>
      <ImageMenu detail={detail} />
    </div>
  )
}

/** Not only this once. */
function ImageMenu({ detail: { from, standing } }: { detail: MessageDetail }) {
  const { reader } = useWords()
  const app = useApp()
  const [sender] = from
  const forContacts = () =>
    void app
      .savePreferences({ images: 'contacts' })
      .catch((problem: unknown) => tellProblem(app, reader.alwaysContacts, problem))
  return (
    <Menu>
      <MenuTrigger asChild>
        <IconButton label={reader.imagesMore} icon={<ChevronDown />} size="s" className="-ms-1.5" />
      </MenuTrigger>
      <MenuPanel align="end">
        {sender?.address && from.length === 1 && (
          <MenuItem icon={<UserRoundCheck />} onSelect={() => void allowImages(app, sender.address, 'on')}>
            {reader.alwaysFrom(sender.address)}
          </MenuItem>
        )}
        {standing.contact.is !== 'unknown' && (
          <MenuItem icon={<Users />} onSelect={forContacts}>
            {reader.alwaysContacts}
          </MenuItem>
        )}
        <MenuSlot>
          <Link href="/settings/privacy" prefetch={false}>
            <Settings />
            {reader.imageSettings}
          </Link>
        </MenuSlot>
      </MenuPanel>
    </Menu>
  )
}

/** Something about the message that a careful reader wants to know. */
export function WarningNote({ tone = 'bad', children }: { tone?: 'bad' | 'plain'; children: ReactNode }) {
  return (
    <div className={cx(noteClass, 'items-start! py-2 pe-2.5')}>
      <TriangleAlert
        aria-hidden="true"
        className={cx('lucide mt-px shrink-0', tone === 'bad' ? 'text-bad' : 'text-ink-3')}
      />
      <bdi className="wrap-anywhere">{children}</bdi>
    </div>
  )
}

/** What is odd about the sender; the worst first. */
export function TrustNotes({ detail: { trust, from, replyTo } }: { detail: MessageDetail }) {
  const words = useWords().reader.trust
  const domain = from[0]?.address.slice(from[0].address.lastIndexOf('@') + 1) ?? ''
  const answers = replyTo.find(({ address }) => address === trust.answersTo)
  return (
    <>
      {trust.like && <WarningNote>{words.like(trust.undisguised || domain, trust.like)}</WarningNote>}
      {!trust.like && trust.undisguised && <WarningNote>{words.strange(trust.undisguised)}</WarningNote>}
      {trust.pretends && <WarningNote>{words.pretends(trust.pretends)}</WarningNote>}
      {answers && <WarningNote tone="plain">{words.answersTo(answers.address)}</WarningNote>}
    </>
  )
}

export function RefusedNote({ detail }: { detail: MessageDetail }) {
  const words = useWords().reader.sender
  const app = useApp()
  const address = detail.from[0]?.address ?? ''
  return (
    <div className={noteClass}>
      <Ban aria-hidden="true" className="lucide shrink-0" />
      <bdi className="wrap-anywhere">{words.blockedNote(address)}</bdi>
      <button type="button" className={noteAction} onClick={() => void unblockSender(app, address)}>
        {words.unblock}
      </button>
    </div>
  )
}

export function DraftNote({ at }: { at: MessageAt }) {
  const { reader } = useWords()
  return (
    <div className={noteClass}>
      <PenLine aria-hidden="true" className="lucide" />
      {reader.draftNote}
      <Button size="s" className="ms-auto" onClick={() => compose({ kind: 'draft', at })}>
        {reader.continueDraft}
      </Button>
    </div>
  )
}
