import { type NextRequest, NextResponse } from 'next/server'
import { contentSecurityPolicy } from '@/lib/server/auth/content-policy'
import { cookieName } from '@/lib/server/auth/cookie'

// In front of every page (and of pages only: a body that passes here is cut at 10 MB, and /api checks the
// session itself). Only the presence of the cookie is looked at; pages ask `session()` whether it opens.
export const proxy = (request: NextRequest): NextResponse => {
  if (!request.cookies.has(cookieName()) && request.nextUrl.pathname !== '/login') return toLogin(request)
  const nonce = crypto.randomUUID()
  const policy = contentSecurityPolicy(nonce)
  const headers = new Headers(request.headers)
  // Next finds the nonce for its own scripts in the request's policy; our layout reads x-nonce.
  headers.set('content-security-policy', policy)
  headers.set('x-nonce', nonce)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  response.headers.set('x-frame-options', 'DENY')
  return response
}

const toLogin = (request: NextRequest): NextResponse => {
  const { pathname, search } = request.nextUrl
  const login = request.nextUrl.clone()
  login.pathname = '/login'
  login.search = ''
  if (pathname !== '/') login.searchParams.set('next', pathname + search)
  return NextResponse.redirect(login)
}

export const config = {
  matcher: ['/', '/((?!api/|_next/|.*\\.(?:svg|png|ico|webmanifest|txt|woff2)$).*)'],
}
