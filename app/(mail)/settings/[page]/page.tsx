import { notFound } from 'next/navigation'
import { Account } from '@/components/settings/account'
import { Appearance } from '@/components/settings/appearance'
import { Folders } from '@/components/settings/folders'
import { Labels } from '@/components/settings/labels'
import { Identities } from '@/components/settings/identities'
import { isSettingsPage, type SettingsPageName } from '@/components/settings/names'
import { Notifications } from '@/components/settings/notifications'
import { Privacy } from '@/components/settings/privacy'
import { Templates } from '@/components/settings/templates'
import { SettingsPage } from '@/components/settings/settings-page'
import { Writing } from '@/components/settings/writing'
import { offersPasswordChange } from '@/lib/server/auth/password/change'

const pages: Record<SettingsPageName, () => React.ReactNode> = {
  appearance: () => <Appearance />,
  writing: () => <Writing />,
  identities: () => <Identities />,
  templates: () => <Templates />,
  folders: () => <Folders />,
  labels: () => <Labels />,
  notifications: () => <Notifications />,
  privacy: () => <Privacy />,
  account: () => <Account password={offersPasswordChange() ? 'offered' : 'elsewhere'} />,
}

export default async function Settings({ params }: { params: Promise<{ page: string }> }) {
  const { page } = await params
  if (!isSettingsPage(page)) notFound()
  return <SettingsPage page={page}>{pages[page]()}</SettingsPage>
}
