// Access tokens (XOAUTH2, RFC 7628): somebody else gives them, and says by RFC 7662 whose they are.
//
// Invariants:
//  - A token is kept nowhere but as its digest, and written into no line of the log.
//  - An answer counts for a minute, never longer than the token; of a thousand connections with one token one asks.
//  - A token opens nothing but what it was given for: its audience or its scope is the one that is named for mail.
//  - What the giver says is bounded in size and time, and followed nowhere.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '../core/clock'
import type { Config } from '../core/config'
import { canonical } from './addresses'

export type TokenAnswer = { kind: 'holder'; address: string } | { kind: 'nobody' } | { kind: 'unreachable' }

/** Whose token is this? */
export type AskToken = (token: string) => Promise<TokenAnswer>

const longestToken = 16 * 1024
const patience = 5_000
const mostBytes = 64 * 1024
const mostAsked = 50
const mostKept = 10_000
const trustFor = 60_000
const doubtFor = 10_000

// RFC 6750 section 2.1
const isToken = (token: string): boolean =>
  token.length <= longestToken && /^[A-Za-z0-9\-._~+/]+=*$/.test(token)

// RFC 7662 section 2.2
const answerSchema = z.looseObject({
  active: z.boolean(),
  exp: z.number().optional(),
  // What is of another form counts as if it were not there.
  aud: z.union([z.string().transform((one) => [one]), z.array(z.string())]).catch([]),
  scope: z.string().catch(''),
})
type Answer = z.output<typeof answerSchema>

const readBounded = async (response: Response): Promise<string> => {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += (chunk as Uint8Array).length
    if (size > mostBytes) throw new Error('the answer is too large')
    chunks.push(chunk as Uint8Array)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** What came is not told: it may repeat the token. */
const readAnswer = (text: string): Answer => {
  try {
    return answerSchema.parse(JSON.parse(text))
  } catch {
    throw new Error('that is no answer of RFC 7662')
  }
}

type Giver = Pick<
  Config,
  'oauth_client_id' | 'oauth_client_secret' | 'oauth_user_claim' | 'oauth_audience' | 'oauth_scope'
> & { url: string }

const isForUs = ({ aud, scope }: Answer, { oauth_audience: us, oauth_scope: mail }: Giver): boolean => {
  if (us === undefined && mail === undefined) return false
  // RFC 6749 section 3.3: words between spaces.
  return (us === undefined || aud.includes(us)) && (mail === undefined || scope.split(' ').includes(mail))
}

const holderOf = (answer: Answer, { oauth_user_claim: claim }: Giver): string | null => {
  const holder = answer[claim]
  if (typeof holder !== 'string') return null
  // OpenID Connect Core 1.0 section 5.1: an address that anybody may have typed.
  const { email_verified: verified = true } = answer
  return claim === 'email' && verified !== true && verified !== 'true' ? null : holder
}

const askGiver = async (giver: Giver, token: string): Promise<{ address: string; until: number } | null> => {
  const { oauth_client_id: id = '', oauth_client_secret: secret = '' } = giver
  // RFC 6749 section 2.3.1: both form-encoded before they are put together.
  const basic = Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')
  const response = await fetch(giver.url, {
    method: 'POST',
    headers: { accept: 'application/json', ...(id ? { authorization: `Basic ${basic}` } : {}) },
    body: new URLSearchParams({ token, token_type_hint: 'access_token' }),
    redirect: 'error',
    signal: AbortSignal.timeout(patience),
  })
  if (response.status !== 200) {
    await response.body?.cancel()
    throw new Error(`it answered ${response.status}`)
  }
  const answer = readAnswer(await readBounded(response))
  const holder = holderOf(answer, giver)
  if (!answer.active || holder === null || !isForUs(answer, giver)) return null
  return { address: canonical(holder), until: (answer.exp ?? Infinity) * 1000 }
}

interface Kept {
  answer: TokenAnswer
  until: number
}

export const createTokens = (
  config: Config,
  clock: Clock,
  onTrouble: (error: unknown) => void,
): AskToken | null => {
  const { oauth_introspection: url } = config
  if (!url) return null
  const kept = new Map<string, Kept>()
  const asking = new Map<string, Promise<TokenAnswer>>()

  const ask = async (token: string, digest: string): Promise<TokenAnswer> => {
    try {
      const found = await askGiver({ ...config, url }, token)
      const now = clock.now()
      const answer: TokenAnswer =
        found && found.until > now ? { kind: 'holder', address: found.address } : { kind: 'nobody' }
      if (kept.size >= mostKept) kept.delete(kept.keys().next().value as string)
      const until = found && answer.kind === 'holder' ? Math.min(now + trustFor, found.until) : now + doubtFor
      kept.set(digest, { answer, until })
      return answer
    } catch (error) {
      onTrouble(error)
      return { kind: 'unreachable' }
    } finally {
      asking.delete(digest)
    }
  }
  return async (token) => {
    if (!isToken(token)) return { kind: 'nobody' }
    const digest = createHash('sha256').update(token).digest('base64')
    const known = kept.get(digest)
    if (known && known.until > clock.now()) return known.answer
    kept.delete(digest)
    const under = asking.get(digest)
    if (under) return under
    if (asking.size >= mostAsked) return { kind: 'unreachable' }
    const answer = ask(token, digest)
    asking.set(digest, answer)
    return answer
  }
}
