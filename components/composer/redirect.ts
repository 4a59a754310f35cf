import { tellProblem } from '@/lib/client/actions'
import { call } from '@/lib/client/api'
import type { App } from '@/lib/client/app'
import type { MessageAt } from '@/lib/client/cache/state'
import { newPress } from '@/lib/client/press'
import type { Address } from '@/lib/model/address'
import { offerUndo } from './send'
import { sentFromHere } from './sent-from-here'

/** The message goes on through the outbox, with the same time to change one's mind as any other. */
export async function redirect(app: App, at: MessageAt, to: Address[]): Promise<void> {
  const { redirect: words } = app.words().composer
  const { undoSeconds } = app.preferences.get()
  try {
    const job = await call('redirectMessage', { ...at, id: newPress(), to, undoSeconds })
    sentFromHere.add(job.id)
    offerUndo(app, { account: at.account, job, seconds: undoSeconds, text: words.sent(to.length) })
  } catch (problem) {
    tellProblem(app, words.send, problem)
  }
}
