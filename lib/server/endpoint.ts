import 'server-only'
import type { z } from 'zod/mini'
import type { Endpoint } from '../model/api'
import { AppError, errorCodes, type ErrorBody } from '../model/errors'
import { type Client, clientOf, requestIdHeader } from './auth/client'
import { accountOf, type Session, sessionOf } from './auth/session'
import { config } from './config'
import { admit, type Limited } from './limits'
import { log } from './log'
import type { Account } from './mail/account'
import { count } from './metrics'
import { ownFailure } from './own-failure'
import { arriving, readBody, SenderLeft } from './request-body'

export { arriving, readBody }

// The only door of the JSON API. Every request walks: session, forged or not, schema, run, schema, answer;
// and an AppError becomes a status here and nowhere else. Next is given Request -> Response functions; what stands
// behind them asks for less, so that web/doors.ts can serve them without Next in front.

type Params = Record<string, string | string[] | undefined>

/** What is read of a request. */
export interface Visit extends Pick<Request, 'method' | 'url' | 'signal' | 'body'> {
  headers: Pick<Headers, 'get'>
}

/** An answer that is known whole. */
export interface Reply {
  status: number
  headers: Headers
  body: string
}

export interface Handler {
  (request: Request, at: { params: Promise<Params> }): Promise<Response>
  /** The same, for who needs neither Request nor Response. */
  answer: (visit: Visit, params: Params) => Promise<Reply | Response>
}

/** What every run is given beside its input. */
export interface Open {
  request: Visit
  client: Client
  /** The languages the browser asks for. */
  accepts: string | null
  /** Headers of the answer, for a cookie. */
  headers: Headers
}

export interface Signed extends Open {
  session: Session
  /** Whose mail; `who.credentials` opens it. */
  who: Account
  credentials: Account['credentials']
}

interface Options {
  /** Largest JSON body, in bytes. */
  bodyLimit?: number
  /** When it went well and is not 200. */
  status?: 202
  /** Counted against what one person, and one address, may ask for. */
  limit?: Limited
}

const usualBodyLimit = 1_000_000

/** `run` may give what the schema reads, before defaults: what goes out is what the schema lets through. */
type Answer<E extends Endpoint> = z.input<E['output']>
type Asked<E extends Endpoint> = z.output<E['input']>

export const endpoint = <E extends Endpoint>(
  described: E,
  run: (input: Asked<E>, at: Signed) => Promise<Answer<E>>,
  options: Options = {},
): Handler =>
  mounted(async (open, params) => {
    const signed = await enter(open, options.limit)
    const asked = await askedOf(described, { request: open.request, params, ...options })
    refuseOthers(asked, signed)
    const input = parse(described.input, asked)
    return json({ described, answer: await run(input as Asked<E>, signed), ...options }, open)
  })

/** As endpoint, for those who have no session yet. */
export const openEndpoint = <E extends Endpoint>(
  described: E,
  run: (input: Asked<E>, at: Open) => Promise<Answer<E>>,
  options: Options = {},
): Handler =>
  mounted(async (open, params) => {
    refuseForged(open.request)
    const asked = await askedOf(described, { request: open.request, params, ...options })
    const input = parse(described.input, asked)
    return json({ described, answer: await run(input as Asked<E>, open), ...options }, open)
  })

/** A door that is not JSON on one side (frame, parts, source, uploads, events): `input` is path and query. */
export const door = <I extends z.ZodMiniType>({
  input,
  run,
  limit,
}: {
  input: I
  run: (input: z.output<I>, at: Signed) => Promise<Reply | Response>
  limit?: Limited
}): Handler =>
  mounted(async (open, params) => {
    const signed = await enter(open, limit)
    const asked = { ...queryOf(open.request), ...params }
    refuseOthers(asked, signed)
    const response = await run(parse(input, asked) as z.output<I>, signed)
    if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store')
    return response
  })

const enter = async (open: Open, limit?: Limited): Promise<Signed> => {
  const session = await sessionOf(open.request.headers)
  if (!session) throw new AppError('signed-out')
  refuseForged(open.request)
  const who = await accountOf(session)
  if (limit) admit(limit, { owner: who.key, client: open.client.address })
  return { ...open, session, who, credentials: who.credentials }
}

/** Whoever names an account is answered for that account, or not at all. */
const refuseOthers = ({ account }: Asking, { session }: Signed): void => {
  if (account !== undefined && Number(account) !== session.account) throw new AppError('not-found')
}

/**
 * Two walls: a header that a foreign page cannot send without a CORS preflight, which nobody here answers,
 * and the browser's own word about where the request comes from.
 */
const refuseForged = (request: Visit): void => {
  if (request.method === 'GET' || request.method === 'HEAD') return
  if (request.headers.get('x-posthorn') !== '1') throw new AppError('forged-request')
  const site = request.headers.get('sec-fetch-site')
  if (site && site !== 'same-origin') throw new AppError('forged-request')
  const origin = request.headers.get('origin')
  if (!site && origin && !isOurs(origin, request)) throw new AppError('forged-request')
}

const isOurs = (origin: string, request: Visit): boolean => {
  if (origin === new URL(config().publicUrl).origin) return true
  // web/main.ts has put the host the browser used here, after asking whether the proxy may be believed.
  return URL.canParse(origin) && new URL(origin).host === request.headers.get('host')
}

interface Source extends Options {
  request: Visit
  params: Params
}

/** Before a schema has seen it. */
type Asking = Record<string, unknown>

const askedOf = async (described: Endpoint, { request, params, bodyLimit }: Source): Promise<Asking> => {
  const hasBody = described.method === 'POST' || described.method === 'PUT'
  const rest = hasBody ? await jsonOf(request, bodyLimit ?? usualBodyLimit) : queryOf(request)
  return { ...rest, ...params }
}

const parse = (schema: z.ZodMiniType, value: unknown): unknown => {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const at = read.error.issues[0]?.path.join('.') ?? ''
  throw new AppError('bad-request', at.slice(0, 200))
}

const queryOf = ({ url }: Visit): Record<string, string> => {
  const at = url.indexOf('?')
  return at < 0 ? {} : Object.fromEntries(new URLSearchParams(url.slice(at)))
}

const jsonOf = async (request: Visit, limit: number): Promise<Record<string, unknown>> => {
  const text = (await readBody(request, limit)).toString('utf8')
  if (text === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    if (value !== null && typeof value === 'object' && !Array.isArray(value))
      return value as Record<string, unknown>
  } catch {
    throw new AppError('bad-request', 'JSON')
  }
  throw new AppError('bad-request', 'JSON')
}

interface Answered extends Options {
  described: Endpoint
  answer: unknown
}

const jsonReply = (value: unknown, status: number, headers: Headers): Reply => {
  headers.set('cache-control', 'no-store')
  headers.set('content-type', 'application/json')
  return { status, headers, body: JSON.stringify(value) }
}

const json = ({ described, answer, status }: Answered, { headers }: Open): Reply =>
  jsonReply(described.output.parse(answer), status ?? 200, headers)

type Walk = (open: Open, params: Params) => Promise<Reply | Response>

const mounted = (walk: Walk): Handler => {
  const answer: Handler['answer'] = async (request, params) => {
    try {
      const { headers } = request
      const open = { request, client: clientOf(headers), accepts: headers.get('accept-language') }
      return await walk({ ...open, headers: new Headers() }, params)
    } catch (error) {
      return refusal(error, request)
    }
  }
  const handle = async (request: Request, { params }: { params: Promise<Params> }): Promise<Response> => {
    const reply = await answer(request, await params)
    return reply instanceof Response ? reply : new Response(reply.body, reply)
  }
  return Object.assign(handle, { answer })
}

/** What is not an AppError is ours to mend: logged with its stack, and told as 'internal' only. */
const refusal = (error: unknown, request: Visit): Reply => {
  const known = error instanceof AppError ? error : (ownFailure(error) ?? new AppError('internal'))
  count('errors', known.code)
  const status = errorCodes[known.code]
  const id = request.headers.get(requestIdHeader)
  if (error instanceof SenderLeft)
    log().info({ event: 'request-broken-off', request: id }, 'its sender left before the end of a request')
  else if (status >= 500) {
    const details = { request: id, code: known.code, err: error }
    log().error({ event: 'request-failed', ...details }, 'request failed')
  }
  const body: ErrorBody = { error: { code: known.code, answer: known.answer } }
  const headers = new Headers()
  if (known.retryAfterSeconds !== null) headers.set('retry-after', String(known.retryAfterSeconds))
  return jsonReply(body, status, headers)
}
