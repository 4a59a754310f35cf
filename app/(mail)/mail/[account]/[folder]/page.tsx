import { notFound } from 'next/navigation'
import { MailPage } from '@/components/shell/mail-page'
import { placeOfPath } from '@/lib/client/place'
import { firstWindow } from '../../first-window'

interface Params {
  params: Promise<{ account: string; folder: string }>
}

export default async function FolderPage({ params }: Params) {
  const { account, folder } = await params
  const place = placeOfPath(`/mail/${account}/${folder}`)
  if (!place) notFound()
  return <MailPage seed={{ window: await firstWindow(place) }} />
}
