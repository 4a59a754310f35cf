// Who sorts a mailbox sorts it again when something came: what the kept orders do not know yet of the mailbox that was just
// selected is read beside the client's next words, not when it waits for the order.
import type { Session } from '../session'
import type { View } from '../view'
import { catchUpDates } from './contents'
import { catchUpNumbers } from './mailbox'

const catchUp = async (session: Session, view: View): Promise<void> => {
  await catchUpNumbers(session, view)
  if (session.view === view) await catchUpDates(session)
}

/** After the answer is on its way; whoever leaves meanwhile needs it no more. */
export const readAhead = (session: Session, view: View): void =>
  void setImmediate(() => {
    if (session.view !== view || session.ended) return
    catchUp(session, view).catch((error: unknown) => {
      if (session.view === view) session.around.log.warn('order-not-read', { reason: String(error) })
    })
  })
