'use client'
import { Toolbar } from 'radix-ui'
import {
  Archive,
  ChevronLeft,
  ChevronRight,
  CodeXml,
  Copy,
  Download,
  Ellipsis,
  Moon,
  PenLine,
  Printer,
  ReplyAll,
  Sun,
} from 'lucide-react'
import { Icon } from '@/components/ui/icon'
import { IconButton } from '@/components/ui/icon-button'
import { Menu, MenuItem, MenuPanel, MenuTrigger } from '@/components/ui/menu'
import { doors } from '@/lib/client/api'
import { type MessageAt, messageKey } from '@/lib/client/cache/state'
import { useCommand } from '@/lib/client/commands/react'
import { runCommand } from '@/lib/client/commands/registry'
import { useApp, useMail } from '@/lib/client/react'
import { download } from '@/lib/client/transfer'
import { useWords } from '@/lib/i18n/react'
import { lookAs, useLook } from './look'
import { useTheme } from './theme'
import { LookMenu } from './look-menu'

/** What is wanted now and then. */
export function MoreMenu({ at }: { at: MessageAt }) {
  const { reader, list: names, composer } = useWords()
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
        {/* Where there is room they stand in the toolbar. */}
        <MenuItem
          icon={<ChevronRight className="rtl:-scale-x-100" />}
          className="sm:hidden"
          onSelect={() => void runCommand('next', app)}
        >
          {names.next}
        </MenuItem>
        <MenuItem
          icon={<ChevronLeft className="rtl:-scale-x-100" />}
          className="sm:hidden"
          onSelect={() => void runCommand('previous', app)}
        >
          {names.previous}
        </MenuItem>
        <StarItem />
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
        {at.folder !== 'drafts' && (
          <MenuItem icon={<Icon name="redirect" />} onSelect={() => void runCommand('redirect', app)}>
            {composer.redirect.title}
          </MenuItem>
        )}
        <LookMenu at={at} />
        <PaperItem at={at} />
        <MenuItem icon={<Copy />} onSelect={() => void runCommand('copy', app)}>
          {names.copyTo}
        </MenuItem>
        <MenuItem
          icon={<Download />}
          onSelect={() => void download(app, { ...at, ids: [at.message] }, 'eml')}
        >
          {names.downloads.eml}
        </MenuItem>
        <MenuItem icon={<Printer />} onSelect={() => void runCommand('print', app)}>
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

/** Its name depends on the message as it is when the menu is opened. */
function StarItem() {
  const star = useCommand('star')
  if (!star?.offered) return null
  return (
    <MenuItem icon={<Icon name="starred" />} onSelect={star.run}>
      {star.label}
    </MenuItem>
  )
}

/** HTML mail may be looked at on the other paper; text lies on ours. */
function PaperItem({ at }: { at: MessageAt }) {
  const { reader } = useWords()
  const own = useTheme()
  const { paper } = useLook(at)
  const isHtml = useMail((state) => state.details.get(messageKey(at))?.body.shows === 'html')
  if (!isHtml) return null
  const isDark = (paper === 'usual' ? own : paper) === 'dark'
  return (
    <MenuItem
      icon={isDark ? <Sun /> : <Moon />}
      onSelect={() => lookAs(at, { paper: isDark ? 'light' : 'dark' })}
    >
      {isDark ? reader.lightPaper : reader.darkPaper}
    </MenuItem>
  )
}
