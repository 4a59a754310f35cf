import { notFound } from 'next/navigation'
import { MailPage } from '@/components/shell/mail-page'
import { placeOfPath } from '@/lib/client/place'
import { openMessage } from '@/lib/server/actions/open-message'
import { attempt, signedIn } from '../../../../first-paint'
import { firstWindow } from '../../../first-window'

interface Params {
  params: Promise<{ account: string; folder: string; message: string }>
}

export default async function MessagePage({ params }: Params) {
  const { account, folder, message } = await params
  const place = placeOfPath(`/mail/${account}/${folder}/${message}`)
  if (!place) notFound()
  const at = { account: place.account, folder: place.folder, message }
  const [window, detail] = await Promise.all([
    firstWindow(place),
    attempt(await signedIn(), (who) => openMessage({ who, folder: place.folder, message })),
  ])
  return <MailPage seed={{ window, detail: detail && { ...at, detail } }} />
}
