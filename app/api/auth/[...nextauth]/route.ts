import NextAuth from 'next-auth'
import { authOptions } from '@/lib/server/auth/options'

// next-auth 4 tells a route handler from a page by the shape of its second argument.
type Context = { params: Promise<{ nextauth: string[] }> }
const handle = (request: Request, context: Context): Promise<Response> =>
  NextAuth(request as never, context as never, authOptions()) as Promise<Response>

export { handle as GET, handle as POST }
