// Where an address leads, as pure functions over what the directory knows.
//
// Order for an address of our own domains: exact alias, exact user, the same without its plus-detail, postmaster
// and abuse (RFC 2142: they always exist), domain-wide catch-all, and then nobody.
import type { Route } from './contract'
import { canonical, split } from './addresses'

export interface Known {
  domains: ReadonlySet<string>
  mainDomain: string
  hasUser(address: string): boolean
  aliasOf(address: string): readonly string[] | null
  firstUser(): string | null
  delimiter: string
  catchAll: string | null
  postmaster: string | null
}

const roles = new Set(['postmaster', 'abuse'])

const exact = (known: Known, address: string, detail: string | null): Route | null => {
  const to = known.aliasOf(address)
  if (to) return { kind: 'alias', to: [...to] }
  return known.hasUser(address) ? { kind: 'local', user: address, detail } : null
}

const withoutDetail = (known: Known, local: string, domain: string): Route | null => {
  const at = known.delimiter ? local.indexOf(known.delimiter) : -1
  return at > 0 ? exact(known, `${local.slice(0, at)}@${domain}`, local.slice(at + 1)) : null
}

export const route = (known: Known, given: string): Route => {
  // RFC 5321 section 4.1.1.3: <postmaster> without a domain is to be taken.
  const address = canonical(given.includes('@') ? given : `${given}@${known.mainDomain}`)
  const parts = split(address)
  if (!parts) return { kind: 'unknown-user' }
  const { local, domain } = parts
  if (!known.domains.has(domain)) return { kind: 'foreign' }
  const found = exact(known, address, null) ?? withoutDetail(known, local, domain)
  if (found) return found
  const instead = roles.has(local) ? (known.postmaster ?? known.firstUser()) : known.catchAll
  if (instead && canonical(instead) !== address) return { kind: 'alias', to: [instead] }
  const everybody = known.aliasOf(`@${domain}`)
  return everybody ? { kind: 'alias', to: [...everybody] } : { kind: 'unknown-user' }
}

const deepest = 20

/** Does this address lead to the user, directly or through aliases? */
export const leadsTo = (known: Known, address: string, user: string, depth = 0): boolean => {
  const found = route(known, address)
  if (found.kind === 'local') return found.user === user
  return (
    found.kind === 'alias' &&
    depth < deepest &&
    found.to.some((next) => leadsTo(known, next, user, depth + 1))
  )
}
