import { checkReady } from '@/lib/server/actions/check-ready'

/** Ready: the database, IMAP and submission answer. For load balancers: 200 or 503. */
export const GET = async (): Promise<Response> => {
  const readiness = await checkReady()
  return Response.json(readiness, {
    status: readiness.ready ? 200 : 503,
    headers: { 'cache-control': 'no-store' },
  })
}
