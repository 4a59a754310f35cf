import 'server-only'
import type { z } from 'zod/mini'
import type { Endpoint } from '../model/api'
import { AppError, errorCodes, type ErrorBody } from '../model/errors'
import { type Client, clientOf, requestIdHeader } from './auth/client'
import { accountOf, type Session, sessionOf } from './auth/session'
import { config } from './config'
import { log } from './log'
import type { Account } from './mail/account'
import { arriving, readBody } from './request-body'

export { arriving, readBody }

// The only door of the JSON API. Every request walks: session, forged or not, schema, run, schema, Response;
// and an AppError becomes a status here and nowhere else. Handlers are plain Request -> Response functions,
// so that they can be served without Next in front of them.

type Params = Record<string, string | string[] | undefined>
export type Handler = (request: Request, at: { params: Promise<Params> }) => Promise<Response>

/** What every run is given beside its input. */
export interface Open {
  request: Request
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
}

const usualBodyLimit = 1_000_000

/** `run` may give what the schema reads, before defaults: what goes out is what the schema lets through. */
type Answer<E extends Endpoint> = z.input<E['output']>
type Asked<E extends Endpoint> = z.output<E['input']>

export const endpoint =
  <E extends Endpoint>(
    described: E,
    run: (input: Asked<E>, at: Signed) => Promise<Answer<E>>,
    options: Options = {},
  ): Handler =>
  (request, { params }) =>
    answered(request, async (open) => {
      const signed = await enter(open)
      const asked = await askedOf(described, { request, params, ...options })
      refuseOthers(asked, signed)
      const input = parse(described.input, asked)
      return json({ described, answer: await run(input as Asked<E>, signed), ...options }, open)
    })

/** As endpoint, for those who have no session yet. */
export const openEndpoint =
  <E extends Endpoint>(
    described: E,
    run: (input: Asked<E>, at: Open) => Promise<Answer<E>>,
    options: Options = {},
  ): Handler =>
  (request, { params }) =>
    answered(request, async (open) => {
      refuseForged(request)
      const input = parse(described.input, await askedOf(described, { request, params, ...options }))
      return json({ described, answer: await run(input as Asked<E>, open), ...options }, open)
    })

/** A door that is not JSON on one side (frame, parts, source, uploads, events): `input` is path and query. */
export const door =
  <I extends z.ZodMiniType>({
    input,
    run,
  }: {
    input: I
    run: (input: z.output<I>, at: Signed) => Promise<Response>
  }): Handler =>
  (request, { params }) =>
    answered(request, async (open) => {
      const signed = await enter(open)
      const asked = { ...queryOf(request), ...(await params) }
      refuseOthers(asked, signed)
      const response = await run(parse(input, asked) as z.output<I>, signed)
      if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store')
      return response
    })

const enter = async (open: Open): Promise<Signed> => {
  const session = await sessionOf(open.request)
  if (!session) throw new AppError('signed-out')
  refuseForged(open.request)
  const who = await accountOf(session)
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
const refuseForged = (request: Request): void => {
  if (request.method === 'GET' || request.method === 'HEAD') return
  if (request.headers.get('x-posthorn') !== '1') throw new AppError('forged-request')
  const site = request.headers.get('sec-fetch-site')
  if (site && site !== 'same-origin') throw new AppError('forged-request')
  const origin = request.headers.get('origin')
  if (!site && origin && !isOurs(origin, request)) throw new AppError('forged-request')
}

const isOurs = (origin: string, request: Request): boolean => {
  if (origin === new URL(config().publicUrl).origin) return true
  // web/main.ts has put the host the browser used here, after asking whether the proxy may be believed.
  return URL.canParse(origin) && new URL(origin).host === request.headers.get('host')
}

interface Source extends Options {
  request: Request
  params: Promise<Params>
}

/** Before a schema has seen it. */
type Asking = Record<string, unknown>

const askedOf = async (described: Endpoint, { request, params, bodyLimit }: Source): Promise<Asking> => {
  const hasBody = described.method === 'POST' || described.method === 'PUT'
  const rest = hasBody ? await jsonOf(request, bodyLimit ?? usualBodyLimit) : queryOf(request)
  return { ...rest, ...(await params) }
}

const parse = (schema: z.ZodMiniType, value: unknown): unknown => {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const at = read.error.issues[0]?.path.join('.') ?? ''
  throw new AppError('bad-request', at.slice(0, 200))
}

const queryOf = (request: Request): Record<string, string> =>
  Object.fromEntries(new URL(request.url).searchParams)

const jsonOf = async (request: Request, limit: number): Promise<Record<string, unknown>> => {
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

const json = ({ described, answer, status }: Answered, { headers }: Open): Response => {
  headers.set('cache-control', 'no-store')
  return Response.json(described.output.parse(answer), { headers, status: status ?? 200 })
}

const answered = async (request: Request, answer: (open: Open) => Promise<Response>): Promise<Response> => {
  try {
    return await answer({
      request,
      client: clientOf(request.headers),
      accepts: request.headers.get('accept-language'),
      headers: new Headers(),
    })
  } catch (error) {
    return refusal(error, request)
  }
}

/** What is not an AppError is ours to mend: logged with its stack, and told as 'internal' only. */
const refusal = (error: unknown, request: Request): Response => {
  const known = error instanceof AppError ? error : new AppError('internal')
  const status = errorCodes[known.code]
  if (status >= 500) {
    const details = { request: request.headers.get(requestIdHeader), code: known.code, err: error }
    log().error({ event: 'request-failed', ...details }, 'request failed')
  }
  const body: ErrorBody = { error: { code: known.code, answer: known.answer } }
  const headers = new Headers({ 'cache-control': 'no-store' })
  if (known.retryAfterSeconds !== null) headers.set('retry-after', String(known.retryAfterSeconds))
  return Response.json(body, { status, headers })
}
