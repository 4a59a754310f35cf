'use client'
import { LogOut, Monitor, Moon, Settings, Sun, UsersRound } from 'lucide-react'
import Link from 'next/link'
import { Avatar } from '@/components/ui/avatar'
import {
  Menu,
  MenuChoice,
  MenuHeading,
  MenuItem,
  MenuLine,
  MenuOption,
  MenuPanel,
  MenuSlot,
  MenuTrigger,
} from '@/components/ui/menu'
import { showToast } from '@/components/ui/toast'
import { cx } from '@/components/ui/cx'
import type { App } from '@/lib/client/app'
import { tellProblem } from '@/lib/client/actions'
import { useApp, usePreferences } from '@/lib/client/react'
import { signOut } from '@/lib/client/session'
import { useWords } from '@/lib/i18n/react'
import type { Preferences } from '@/lib/model/preferences'

async function leave(app: App): Promise<void> {
  if ((await signOut(app)) === 'done') return
  const { shell: words } = app.words()
  const action = { label: words.signOutAnyway, run: () => void signOut(app, 'anyway') }
  showToast({ id: 'sign-out', text: words.signOutUnsaved, tone: 'bad', seconds: 30, action })
}

const themes = ['system', 'light', 'dark'] as const
const themeIcons = { system: <Monitor />, light: <Sun />, dark: <Moon /> }

function ThemeChoice() {
  const app = useApp()
  const words = useWords()
  const { theme } = usePreferences()
  const choose = (value: string) =>
    void app
      .savePreferences({ theme: value as Preferences['theme'] })
      .catch((problem: unknown) => tellProblem(app, words.shell.theme, problem))
  return (
    <>
      <MenuHeading>{words.shell.theme}</MenuHeading>
      <MenuChoice value={theme} onValueChange={choose}>
        {themes.map((one) => (
          <MenuOption key={one} value={one} onSelect={(event) => event.preventDefault()}>
            {themeIcons[one]}
            {words.shell.themes[one]}
          </MenuOption>
        ))}
      </MenuChoice>
    </>
  )
}

export function AccountMenu({ className }: { className?: string }) {
  const app = useApp()
  const words = useWords()
  const { address, name } = app.person
  return (
    <Menu>
      <MenuTrigger
        aria-label={words.shell.account(address)}
        className={cx('grid place-items-center rounded-full pointer-coarse:size-11', className)}
      >
        <Avatar name={name || address} seed={address} />
      </MenuTrigger>
      <MenuPanel align="end" className="w-64">
        <div className="flex items-center gap-2.5 px-2.5 py-2">
          <Avatar name={name || address} seed={address} size="l" />
          <div className="min-w-0">
            {name && <p className="truncate font-medium">{name}</p>}
            <p className="truncate text-sm text-ink-2">{address}</p>
          </div>
        </div>
        <MenuLine />
        <ThemeChoice />
        <MenuLine />
        <MenuSlot>
          <Link href="/contacts" prefetch={false}>
            <UsersRound />
            {words.shell.contacts}
          </Link>
        </MenuSlot>
        <MenuSlot>
          <Link href="/settings/appearance" prefetch={false}>
            <Settings />
            {words.shell.settings}
          </Link>
        </MenuSlot>
        <MenuItem icon={<LogOut />} onSelect={() => void leave(app)}>
          {words.shell.signOut}
        </MenuItem>
      </MenuPanel>
    </Menu>
  )
}
