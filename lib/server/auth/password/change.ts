import 'server-only'
import { setTimeout as after } from 'node:timers/promises'
import { AppError } from '@/lib/model/errors'
import { config } from '../../config'
import { log, logSignInFailure } from '../../log'
import type { Account } from '../../mail/account'
import { trySignIn } from '../../mail/sign-in'
import { renewPasswords } from '../../user/jobs'
import { tellJobChange } from '../../user/job-news'
import { resealSession } from '../../user/sessions'
import type { Client } from '../client'
import { withdrawDemo } from '../demo'
import { prove } from '../prove'
import { keyOf, type Session } from '../session'
import { endOthers } from '../sign-out'
import { seal, serverKey } from '../vault'
import { askHook, type Outcome } from './hook'

// Changing one's own password. Invariants:
// - the old one is proved at the mail server first, counted and slowed as at sign-in, whatever the hook itself checks;
// - what waits to be sent and this session hold the new one before anybody is told of success; all other sessions end;
// - when nobody knows what the hook did, the mail server is asked whether the new password opens it.

export interface Change {
  old: string
  new: string
}

export const offersPasswordChange = (): boolean => config().passwordChange !== 'off'

/** With the address the person asks from, which need not be that of their sign-in. */
type Asker = Account & { client: string }

interface Asking {
  session: Session
  who: Account
  client: Client
}

/** Gives the account as it is opened from now on. */
export const changePassword = async ({ session, who, client }: Asking, change: Change): Promise<Account> => {
  if (!offersPasswordChange()) throw new AppError('not-found')
  if (change.old === change.new) throw new AppError('password-refused')
  const asked = { ...who, client: client.address }
  await prove(withPassword(asked, change.old))
  const renewed = withPassword(asked, change.new)
  await demand(asked, change, renewed)
  await untilItOpens(renewed)
  await keep(session, renewed)
  log().info({ event: 'password-changed', address: client.address }, 'password changed')
  return renewed
}

const withPassword = (who: Asker, password: string): Asker => ({
  ...who,
  credentials: { ...who.credentials, password },
})

const demand = async (who: Asker, change: Change, renewed: Asker): Promise<void> => {
  const { passwordChange: target, passwordChangeToken: token } = config()
  const { user } = who.credentials
  const outcome = await askHook(
    { target, token },
    { user, address: who.address, ...change, client: who.client },
  )
  if (outcome.is === 'changed') return
  if (outcome.is === 'unsure' && (await opens(renewed))) return
  throw failureOf(outcome, who)
}

const opens = (who: Account): Promise<boolean> =>
  trySignIn(who).then(
    () => true,
    () => false,
  )

const patience = 4000
const pause = 500

/**
 * A server that looks at its file of passwords once a second (Dovecot does) refuses the new one until then, and what
 * waits for mail would take that refusal for the answer. The change is made: who is never let in is told by that.
 */
const untilItOpens = async (renewed: Account): Promise<void> => {
  const until = performance.now() + patience
  while (!(await opens(renewed)) && performance.now() < until) await after(pause)
}

const failureOf = (outcome: Exclude<Outcome, { is: 'changed' }>, who: Asker): AppError => {
  switch (outcome.is) {
    case 'wrong-password':
      logSignInFailure('wrong-password', who.credentials.user, who.client)
      return new AppError('wrong-password')
    case 'slow-down':
      return new AppError('too-many-tries', '', { retryAfterSeconds: 60 })
    case 'refused':
      return new AppError('password-refused', outcome.why)
    case 'unsure':
      log().error({ event: 'password-not-changed', why: outcome.why }, 'password not changed')
      return new AppError('password-unsure')
  }
}

const keep = async (session: Session, { key: owner, credentials }: Account): Promise<void> => {
  // First: whatever fails below, nobody who knows the old password stays.
  await endOthers(session)
  withdrawDemo(session.address)
  await resealSession(session.id, seal(credentials.password, keyOf(session), session.id))
  const sealFor = (job: string): string => seal(credentials.password, serverKey(), job)
  for (const job of await renewPasswords(owner, { login: credentials.user, sealFor })) tellJobChange(job)
}
