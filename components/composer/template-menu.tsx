'use client'
import { LayoutTemplate, Settings2 } from 'lucide-react'
import Link from 'next/link'
import { IconButton } from '@/components/ui/icon-button'
import { Menu, MenuItem, MenuLine, MenuPanel, MenuSlot, MenuTrigger } from '@/components/ui/menu'
import { snippets } from '@/lib/client/snippets'
import { useSignal } from '@/lib/client/signal'
import { useWords } from '@/lib/i18n/react'
import type { Letter } from './letter'
import { insertTemplate } from './template'

/** The texts one has ready, where the cursor is. */
export function TemplateMenu({ letter }: { letter: Letter }) {
  const { composer: words } = useWords()
  const list = useSignal(snippets, (all) => all) ?? []
  return (
    <Menu>
      <MenuTrigger asChild>
        <IconButton label={words.templates} icon={<LayoutTemplate />} />
      </MenuTrigger>
      <MenuPanel align="start" onCloseAutoFocus={(event) => event.preventDefault()}>
        {list.map((one) => (
          <MenuItem key={one.id} onSelect={() => insertTemplate(letter, one)}>
            <bdi>{one.name}</bdi>
            {one.shortcut && <span className="ms-3 text-ink-3">/{one.shortcut}</span>}
          </MenuItem>
        ))}
        {list.length > 0 && <MenuLine />}
        <MenuSlot>
          <Link href="/settings/templates" prefetch={false}>
            <Settings2 className="lucide" />
            {words.templatesEdit}
          </Link>
        </MenuSlot>
      </MenuPanel>
    </Menu>
  )
}
