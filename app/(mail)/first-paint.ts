import { redirect } from 'next/navigation'
import { AppError } from '@/lib/model/errors'
import { session } from '@/lib/server/auth/page-session'
import { accountOf, type Session } from '@/lib/server/auth/session'

export type Who = Awaited<ReturnType<typeof accountOf>>

/** The signed-in person, or the sign-in page. */
export const signedIn = async (): Promise<Session> => (await session()) ?? redirect('/login')

/**
 * What the first paint is made from. When the mail server does not answer, the page comes without rows and the
 * browser asks again: a list that says what is wrong is better than an error page.
 */
export const attempt = async <T>(who: Session, run: (account: Who) => Promise<T>): Promise<T | null> => {
  try {
    return await run(await accountOf(who))
  } catch (problem) {
    if (!(problem instanceof AppError)) throw problem
    if (problem.code === 'signed-out' || problem.code === 'wrong-password') redirect('/login')
    return null
  }
}
