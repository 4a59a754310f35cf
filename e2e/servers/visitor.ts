// A browser reduced to its requests: one cookie, the header that no foreign page can send.
import type { TestUser } from './contract'

export interface Answer {
  status: number
  headers: Headers
  text: string
  /** The body as JSON; what it is, the test knows. */
  body: <T = Record<string, unknown>>() => T
}

export interface Visitor {
  cookie(): string
  /** A Blob goes as it is, anything else as JSON. */
  call(method: string, path: string, body?: object, headers?: Record<string, string>): Promise<Answer>
  signIn(user: TestUser, headers?: Record<string, string>): Promise<Answer>
}

/** How it asks: as `fetch` does, or over HTTP/2 (http2.ts). */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

export const visitorOf = (web: { url: string }, ask: Fetch = fetch): Visitor => {
  let cookie = ''
  const call: Visitor['call'] = async (method, path, body, headers = {}) => {
    const answer = await ask(`${web.url}/api${path}`, {
      method,
      headers: { 'x-posthorn': '1', ...(cookie ? { cookie } : {}), ...headers },
      ...(body ? { body: body instanceof Blob ? body : JSON.stringify(body) } : {}),
    })
    const set = answer.headers.getSetCookie().find((line) => line.includes('posthorn.session='))
    if (set) cookie = set.split(';')[0] ?? ''
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, text, body: <T>() => JSON.parse(text) as T }
  }
  return {
    call,
    cookie: () => cookie,
    signIn: ({ address, password }, headers) => call('POST', '/session', { address, password }, headers),
  }
}
