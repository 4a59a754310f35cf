'use client'
import {
  Ban,
  Copy,
  Image as Picture,
  ImageOff,
  PenLine,
  Search,
  UserRoundMinus,
  UserRoundPlus,
} from 'lucide-react'
import { compose } from '@/components/composer/desk'
import { startFromMailto } from '@/components/composer/mailto'
import { Avatar } from '@/components/ui/avatar'
import { Menu, MenuItem, MenuLine, MenuPanel, MenuTrigger } from '@/components/ui/menu'
import type { MessageAt } from '@/lib/client/cache/state'
import { useApp } from '@/lib/client/react'
import { addContact, allowImages, blockSender, removeContact, unblockSender } from '@/lib/client/senders'
import { useWords } from '@/lib/i18n/react'
import { type Address, isCompleteAddress, shownName } from '@/lib/model/address'
import type { MessageDetail } from '@/lib/model/message'

interface Card {
  at: MessageAt
  sender: Address
  standing: MessageDetail['standing']
}

/** Who writes, and what can be decided about them: behind the sender's name. */
export function SenderCard({
  at,
  detail,
  sender,
}: {
  at: MessageAt
  detail: MessageDetail
  sender: Address
}) {
  const words = useWords().reader.sender
  const name = shownName(sender)
  const card: Card = { at, sender, standing: detail.standing }
  return (
    <Menu>
      <MenuTrigger
        title={words.card(name)}
        className="min-w-0 truncate rounded-xs text-start font-semibold hover:underline pointer-coarse:py-1"
      >
        <bdi data-from-name="">{name}</bdi>
      </MenuTrigger>
      <MenuPanel align="start" className="w-72">
        <Who {...card} />
        <MenuLine />
        <Reach {...card} />
        <MenuLine />
        <Decide {...card} />
      </MenuPanel>
    </Menu>
  )
}

function Who({ sender, standing }: Card) {
  const words = useWords().reader.sender
  const known = { added: words.contact, collected: words.collected, unknown: '' }[standing.contact.is]
  return (
    <div className="flex items-center gap-2.5 px-2.5 py-2">
      <Avatar name={shownName(sender)} seed={sender.address} size="l" />
      <div className="min-w-0">
        {sender.name && <p className="truncate font-medium">{sender.name}</p>}
        <p className="text-sm wrap-anywhere text-ink-2">
          <bdi>{sender.address}</bdi>
        </p>
        {(standing.mail === 'blocked' || known) && (
          <p className="text-xs text-ink-3">{standing.mail === 'blocked' ? words.blockedMark : known}</p>
        )}
      </div>
    </div>
  )
}

function Reach({ sender }: Card) {
  const words = useWords().reader.sender
  const app = useApp()
  const copy = () =>
    void navigator.clipboard
      .writeText(sender.address)
      .then(() => app.notify({ tone: 'plain', text: words.copied }))
      .catch(() => undefined)
  return (
    <>
      <MenuItem
        icon={<PenLine />}
        onSelect={() => compose(startFromMailto(`mailto:${encodeURIComponent(sender.address)}`))}
      >
        {words.write}
      </MenuItem>
      <MenuItem
        icon={<Search />}
        onSelect={() => app.find({ text: `from:${sender.address}`, scope: 'mail' })}
      >
        {words.find}
      </MenuItem>
      <MenuItem icon={<Copy />} onSelect={copy}>
        {words.copy}
      </MenuItem>
    </>
  )
}

function Decide({ at, sender, standing }: Card) {
  const words = useWords().reader.sender
  const app = useApp()
  const { address } = sender
  const { is, id } = standing.contact
  const own = address.toLowerCase() === app.person.address.toLowerCase()
  return (
    <>
      {is !== 'added' && isCompleteAddress(address) && (
        <MenuItem icon={<UserRoundPlus />} onSelect={() => void addContact(app, sender)}>
          {words.add}
        </MenuItem>
      )}
      {is === 'added' && (
        <MenuItem icon={<UserRoundMinus />} onSelect={() => void removeContact(app, sender, id)}>
          {words.remove}
        </MenuItem>
      )}
      {standing.images === 'ask' ? (
        <MenuItem icon={<Picture />} onSelect={() => void allowImages(app, address, 'on')}>
          {words.images}
        </MenuItem>
      ) : (
        <MenuItem icon={<ImageOff />} onSelect={() => void allowImages(app, address, 'off')}>
          {words.imagesStop}
        </MenuItem>
      )}
      {!own && standing.mail === 'taken' && (
        <MenuItem tone="danger" icon={<Ban />} onSelect={() => void blockSender(app, at, address)}>
          {words.block}
        </MenuItem>
      )}
      {standing.mail === 'blocked' && (
        <MenuItem icon={<Ban />} onSelect={() => void unblockSender(app, address)}>
          {words.unblock}
        </MenuItem>
      )}
    </>
  )
}
