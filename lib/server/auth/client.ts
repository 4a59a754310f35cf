/** Who is at the other end of a request: web/main.ts resolved the address through the trusted proxies. */
export interface Client {
  address: string
  agent: string
}

/** Set by web/main.ts on every request after removing what came from outside. */
export const clientHeader = 'x-posthorn-client'
export const requestIdHeader = 'x-request-id'

export const clientOf = (headers: Pick<Headers, 'get'>): Client => ({
  address: headers.get(clientHeader) ?? 'unknown',
  agent: (headers.get('user-agent') ?? '').slice(0, 300),
})
