import 'server-only'
import { AppError } from '@/lib/model/errors'
import { logSignInFailure } from '../log'
import { count } from '../metrics'
import type { Account } from '../mail/account'
import { trySignIn } from '../mail/sign-in'
import { demoAccounts, withdrawDemo } from './demo'
import { admitTry } from './throttle'

/**
 * Whether the mail server takes this password; fails with why not. The only door to a guess, at sign-in and wherever a
 * password is asked for again: each try is counted, slowed and logged alike.
 */
export const prove = async (who: Account & { client: string }): Promise<void> => {
  const { address, credentials, client } = who
  const admission = await admitOrLog(address, client)
  try {
    await trySignIn(who)
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'internal'
    count('signIns', code)
    if (code === 'wrong-password') {
      admission.failed()
      logSignInFailure(code, credentials.user, client)
      if (
        demoAccounts().some(
          (one) => one.address === address.toLowerCase() && one.password === credentials.password,
        )
      )
        withdrawDemo(address)
    } else admission.takeBack()
    throw error
  }
  count('signIns', 'ok')
  admission.succeeded()
}

const admitOrLog = async (address: string, client: string) => {
  try {
    return await admitTry(address, client)
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'internal'
    count('signIns', code)
    // Who only waited has guessed nothing, and is nobody to be kept out by what reads this line.
    if (code === 'too-many-tries') logSignInFailure(code, address, client)
    throw error
  }
}
