'use client'
import { Toolbar } from 'radix-ui'
import { Archive, CodeXml, Ellipsis, PenLine, Printer, ReplyAll } from 'lucide-react'
import { IconButton } from '@/components/ui/icon-button'
import { Menu, MenuItem, MenuPanel, MenuTrigger } from '@/components/ui/menu'
import { doors } from '@/lib/client/api'
import { type MessageAt, messageKey } from '@/lib/client/cache/state'
import { runCommand } from '@/lib/client/commands/registry'
import { useApp, useMail } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'

/** What is wanted now and then. */
export function MoreMenu({ at }: { at: MessageAt }) {
  const { reader } = useWords()
  const app = useApp()
  const list = useMail((state) => state.details.get(messageKey(at))?.list)
  return (
    <Menu>
      <Toolbar.Button asChild>
        <MenuTrigger asChild>
          <IconButton label={reader.more} icon={<Ellipsis />} />
        </MenuTrigger>
      </Toolbar.Button>
      <MenuPanel align="start">
        {list?.post && at.folder !== 'drafts' && (
          <MenuItem icon={<ReplyAll />} onSelect={() => void runCommand('reply-list', app)}>
            {reader.replyList}
          </MenuItem>
        )}
        {list?.archive && (
          <MenuItem
            icon={<Archive />}
            onSelect={() => window.open(list.archive, '_blank', 'noopener,noreferrer')}
          >
            {reader.listArchive}
          </MenuItem>
        )}
        {at.folder !== 'drafts' && (
          <MenuItem icon={<PenLine />} onSelect={() => void runCommand('edit-as-new', app)}>
            {reader.editAsNew}
          </MenuItem>
        )}
        <MenuItem icon={<Printer />} onSelect={() => window.print()}>
          {reader.print}
        </MenuItem>
        <MenuItem
          icon={<CodeXml />}
          onSelect={() => window.open(doors.source(at), '_blank', 'noopener,noreferrer')}
        >
          {reader.source}
        </MenuItem>
      </MenuPanel>
    </Menu>
  )
}
