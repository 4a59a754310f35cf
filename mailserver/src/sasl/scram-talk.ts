// The turns of SCRAM (RFC 5802 section 5), whatever protocol carries them: two messages each way; our signature goes out
// as a challenge that the client leaves empty.
import type { Directory, SignIn } from '../directory/contract'
import { challenge, judge, readFirst } from './scram'

interface Talk {
  begin: NonNullable<Directory['scram']>
  peer: string
  /** What came with the command, or null. */
  initial: string | null
  /** Sends a challenge and answers what the client says to it; throws when it gives up. */
  ask: (challenge: string) => Promise<string>
}

/** Throws `ScramRefused` where the client does not speak SCRAM. */
export const signInByScram = async ({ begin, peer, initial, ask }: Talk): Promise<SignIn> => {
  const first = readFirst(initial ?? (await ask('')))
  const exchange = await begin(first.login, peer)
  if (exchange === 'slow-down') return { ok: false, reason: 'slow-down' }
  const asked = challenge(first, exchange.keys)
  const verdict = judge(asked, await ask(asked.message))
  if (verdict.right) await ask(verdict.message)
  return exchange.close(verdict.right ? 'right' : 'wrong')
}
