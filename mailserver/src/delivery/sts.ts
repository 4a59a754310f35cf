// MTA-STS (RFC 8461): what a domain promises about its mail servers, asked before the first message goes there and
// remembered as long as it says. Under `enforce` a host that it does not name, or whose certificate does not hold,
// gets nothing; under `testing` everything goes as before and the log tells what would have failed.
//
// Invariants: a promise once given is kept until it ends, even while DNS or the web server lies or is silent
// (section 5.1); nothing that a policy's owner serves can hold a delivery up for longer than the bounds below.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Clock } from '../core/clock'
import type { Log } from '../core/log'

export interface Policy {
  id: string
  mode: 'none' | 'testing' | 'enforce'
  mx: string[]
  /** Milliseconds since 1970. */
  until: number
}

export interface StsParts {
  clock: Clock
  log: Log
  /** Texts of a TXT name; none is an empty list. */
  texts(name: string): Promise<string[]>
  /** The body at https://HOST/.well-known/mta-sts.txt, its certificate checked. */
  fetch(host: string): Promise<string>
  /** Where promises outlive a restart. */
  file: string
}

export interface Sts {
  policyOf(domain: string): Promise<Policy | null>
}

const mostPolicies = 10_000
// Section 3.3 lets a policy be looked up again whenever one likes; DNS is asked at most this often per domain.
const askAgainAfter = 10 * 60_000
const longestAge = 31_557_600

const readKept = (file: string): Map<string, Policy> => {
  try {
    return new Map(Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Policy>))
  } catch {
    return new Map()
  }
}

const writeKept = (file: string, kept: ReadonlyMap<string, Policy>): void => {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(`${file}.new`, JSON.stringify(Object.fromEntries(kept)), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** Section 3.1: exactly one record of this version, or there is no policy. */
const idOf = (texts: readonly string[]): string | null => {
  const records = texts.filter((text) => /^v=STSv1\s*;/.test(text))
  return records.length === 1
    ? (/;\s*id=([a-zA-Z0-9]{1,32})\s*(?:;|$)/.exec(records[0] ?? '')?.[1] ?? null)
    : null
}

const asPolicy = async (text: string, id: string, now: number): Promise<Policy> => {
  // Few domains have a policy: it is loaded for the first.
  const { parsePolicy } = await import('mailauth/lib/mta-sts.js')
  const {
    mode,
    mx = [],
    maxAge,
  } = parsePolicy(text) as { mode: Policy['mode']; mx?: string[]; maxAge: number }
  return { id, mode, mx: mx.slice(0, 100), until: now + Math.min(maxAge, longestAge) * 1000 }
}

export const openSts = ({ clock, log, texts, fetch, file }: StsParts): Sts => {
  const kept = readKept(file)
  const asked = new Map<string, number>()
  const current = (domain: string): Policy | null => {
    const found = kept.get(domain)
    return found && found.until > clock.now() ? found : null
  }
  const keep = (domain: string, policy: Policy) => {
    if (kept.size >= mostPolicies) kept.delete(kept.keys().next().value ?? '')
    kept.set(domain, policy)
    writeKept(file, kept)
  }
  const renew = async (domain: string): Promise<void> => {
    const known = current(domain)
    try {
      const id = idOf(await texts(`_mta-sts.${domain}`))
      if (id === null || id === known?.id) return
      keep(domain, await asPolicy(await fetch(`mta-sts.${domain}`), id, clock.now()))
    } catch (error) {
      log.warn('sts-unreadable', { domain, error: (error as Error).message.slice(0, 200) })
    }
  }
  return {
    policyOf: async (domain) => {
      if ((asked.get(domain) ?? -Infinity) + askAgainAfter <= clock.now()) {
        if (asked.size > mostPolicies) asked.clear()
        asked.set(domain, clock.now())
        await renew(domain)
      }
      const policy = current(domain)
      return policy && policy.mode !== 'none' ? policy : null
    },
  }
}

/** Section 4.1: a star stands for exactly one label at the left. */
export const names = ({ mx }: Policy, host: string): boolean => {
  const plain = host.toLowerCase().replace(/\.$/, '')
  return mx.some((pattern) =>
    pattern.startsWith('*.') ? plain.replace(/^[^.]+\./, '') === pattern.slice(2) : plain === pattern,
  )
}
