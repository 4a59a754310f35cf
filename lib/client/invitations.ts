import type { Invitation, InvitationAnswer } from '@/lib/model/cards'
import { tellProblem } from './actions'
import { call } from './api'
import type { App } from './app'
import { type MessageAt, messageKey } from './cache/state'
import { newPress } from './press'

const withMine = (app: App, at: MessageAt, mine: Invitation['mine']): void =>
  app.mail.update((state) => {
    const detail = state.details.get(messageKey(at))
    if (!detail?.invitation) return state
    const details = new Map(state.details)
    details.set(messageKey(at), { ...detail, invitation: { ...detail.invitation, mine } })
    return { ...state, details }
  })

/** Shown at once, and taken back when the server did not take it. */
export const answerInvitation = async (
  app: App,
  at: MessageAt,
  { answer, before, told }: { answer: InvitationAnswer; before: Invitation['mine']; told: string },
): Promise<void> => {
  withMine(app, at, answer)
  try {
    await call('answerInvitation', { ...at, answer, id: newPress() })
    app.notify({ text: told, tone: 'plain' })
  } catch (problem) {
    withMine(app, at, before)
    tellProblem(app, app.words().reader.invitation.answering, problem)
  }
}
