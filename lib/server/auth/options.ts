import 'server-only'
import type { NextAuthOptions } from 'next-auth'
import credentials from 'next-auth/providers/credentials'
import { AppError } from '@/lib/model/errors'
import { config } from '../config'
import { endSession } from '../user/sessions'
import { clientOf } from './client'
import { cookieName, cookieOptions, type Ticket } from './cookie'
import { signIn } from './sign-in'

declare module 'next-auth' {
  interface User {
    ticket?: Ticket
  }
}

/** next-auth's side of a session: the same ticket in the same cookie as POST /api/session. */
export const authOptions = (): NextAuthOptions => {
  const { basePath, secret, sessionMaxHours } = config()
  return {
    secret,
    pages: { signIn: `${basePath}/login`, error: `${basePath}/login`, signOut: `${basePath}/login` },
    session: { strategy: 'jwt', maxAge: sessionMaxHours * 3600 },
    cookies: {
      sessionToken: { name: cookieName(), options: cookieOptions() },
      csrfToken: { name: 'posthorn.csrf', options: cookieOptions() },
      callbackUrl: { name: 'posthorn.callback', options: cookieOptions() },
    },
    providers: [
      credentials({
        credentials: { address: { type: 'text' }, password: { type: 'password' } },
        authorize: async (typed, request) => {
          if (!typed?.address || !typed.password) return null
          const headers = new Headers(request.headers as Record<string, string>)
          try {
            const { session, key } = await signIn(typed, clientOf(headers))
            return { id: session, ticket: { session, key } }
          } catch (error) {
            // next-auth hands only the message on: the code is the message.
            throw new Error(error instanceof AppError ? error.code : 'internal')
          }
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) =>
        user?.ticket ? { session: user.ticket.session, key: user.ticket.key } : token,
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      signOut: async ({ token }) => {
        if (typeof token?.session === 'string') await endSession(token.session)
      },
    },
  }
}
