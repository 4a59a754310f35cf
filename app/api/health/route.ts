/** Alive: the process answers. */
export const GET = async (): Promise<Response> =>
  Response.json({ ok: true }, { headers: { 'cache-control': 'no-store' } })
