import { api } from '@/lib/model/api'
import { clearCookie, setCookie, writeTicket } from '@/lib/server/auth/cookie'
import { signIn } from '@/lib/server/auth/sign-in'
import { signOut } from '@/lib/server/auth/sign-out'
import { endpoint, openEndpoint } from '@/lib/server/endpoint'

export const POST = openEndpoint(api.signIn, async (typed, { client, headers }) => {
  const ticket = await signIn(typed, client)
  headers.append('set-cookie', setCookie(await writeTicket(ticket)))
  return ticket
})

export const DELETE = endpoint(api.signOut, async ({ everywhere }, { session, headers }) => {
  await signOut(session, everywhere ? 'everywhere' : 'here')
  headers.append('set-cookie', clearCookie())
  return {}
})
