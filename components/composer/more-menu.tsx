'use client'
import { EllipsisVertical, Link2, RemoveFormatting, Reply, Type } from 'lucide-react'
import { Check } from 'lucide-react'
import { IconButton } from '@/components/ui/icon-button'
import {
  Menu,
  MenuChoice,
  MenuHeading,
  MenuItem,
  MenuLine,
  MenuOption,
  MenuPanel,
  MenuTrigger,
} from '@/components/ui/menu'
import { useParts } from '@/lib/client/signal'
import { useLaterWords } from '@/lib/i18n/later'
import { useWords } from '@/lib/i18n/react'
import type { SendingWishes } from '@/lib/model/draft'
import type { Letter } from './letter'

const priorities = ['high', 'normal', 'low'] as const

interface MoreMenuProps {
  letter: Letter
  onLink: () => void
}

/** What is wanted now and then: kept off the bar, which has to fit a phone. */
export function MoreMenu({ letter, onLink }: MoreMenuProps) {
  const { composer } = useWords()
  const { compose: words } = useLaterWords()
  const { wishes, format, shownFields } = useParts(letter.state, ['wishes', 'format', 'shownFields'])
  const change = (to: Partial<SendingWishes>) => letter.change({ wishes: { ...wishes, ...to } })
  const isRich = format === 'rich'
  return (
    <Menu>
      <MenuTrigger asChild>
        <IconButton label={words.more} icon={<EllipsisVertical />} />
      </MenuTrigger>
      <MenuPanel align="end" side="top">
        {isRich && (
          <MenuItem icon={<Link2 className="lucide" />} onSelect={onLink}>
            {composer.format.link}
          </MenuItem>
        )}
        <MenuItem
          icon={isRich ? <RemoveFormatting className="lucide" /> : <Type className="lucide" />}
          onSelect={() => letter.change({ format: isRich ? 'plain' : 'rich' })}
        >
          {isRich ? composer.format.toPlain : composer.format.toRich}
        </MenuItem>
        <MenuItem
          icon={<Reply className="lucide" />}
          disabled={shownFields.has('replyTo')}
          onSelect={() =>
            letter.state.set((now) => ({ ...now, shownFields: new Set([...now.shownFields, 'replyTo']) }))
          }
        >
          {words.showReplyTo}
        </MenuItem>
        <MenuLine />
        <MenuHeading>{words.priority}</MenuHeading>
        <MenuChoice
          value={wishes.priority}
          onValueChange={(to) => change({ priority: to as SendingWishes['priority'] })}
        >
          {priorities.map((priority) => (
            <MenuOption key={priority} value={priority}>
              {words.priorities[priority]}
            </MenuOption>
          ))}
        </MenuChoice>
        <MenuLine />
        {(['receipt', 'notice'] as const).map((wish) => (
          <MenuItem
            key={wish}
            role="menuitemcheckbox"
            aria-checked={wishes[wish] === 'ask'}
            icon={<Check className={wishes[wish] === 'ask' ? 'lucide' : 'lucide invisible'} />}
            onSelect={() => change({ [wish]: wishes[wish] === 'ask' ? 'no' : 'ask' })}
          >
            {words[wish]}
          </MenuItem>
        ))}
      </MenuPanel>
    </Menu>
  )
}
