import { call } from '@/lib/client/api'
import type { App } from '@/lib/client/app'
import type { MessageAt } from '@/lib/client/cache/state'
import type { Address } from '@/lib/model/address'
import { offerUndo } from './send'
import { sentFromHere } from './sent-from-here'

interface Redirecting {
  at: MessageAt
  to: Address[]
  /** Of the press: tried again with it, it leaves once. */
  id: string
}

/** The message goes on through the outbox, with the same time to change one's mind as any other. */
export async function redirect(app: App, { at, to, id }: Redirecting): Promise<void> {
  const { redirect: words } = app.words().composer
  const { undoSeconds } = app.preferences.get()
  const { account, folder, message } = at
  const job = await call('redirectMessage', { account, folder, message, id, to, undoSeconds })
  sentFromHere.add(job.id)
  offerUndo(app, { account, job, seconds: undoSeconds, text: words.sent(to.length) })
}
