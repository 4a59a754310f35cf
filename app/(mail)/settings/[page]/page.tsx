import { notFound } from 'next/navigation'
import { Appearance } from '@/components/settings/appearance'
import { Folders } from '@/components/settings/folders'
import { Labels } from '@/components/settings/labels'
import { isSettingsPage, type SettingsPageName } from '@/components/settings/names'
import { Privacy } from '@/components/settings/privacy'
import { SettingsPage } from '@/components/settings/settings-page'

const pages: Record<SettingsPageName, () => React.ReactNode> = {
  appearance: () => <Appearance />,
  folders: () => <Folders />,
  labels: () => <Labels />,
  privacy: () => <Privacy />,
}

export default async function Settings({ params }: { params: Promise<{ page: string }> }) {
  const { page } = await params
  if (!isSettingsPage(page)) notFound()
  return <SettingsPage page={page}>{pages[page]()}</SettingsPage>
}
