import { notFound } from 'next/navigation'
import { Appearance } from '@/components/settings/appearance'
import { SettingsPage } from '@/components/settings/settings-page'

export default async function Settings({ params }: { params: Promise<{ page: string }> }) {
  const { page } = await params
  if (page !== 'appearance') notFound()
  return (
    <SettingsPage page={page}>
      <Appearance />
    </SettingsPage>
  )
}
