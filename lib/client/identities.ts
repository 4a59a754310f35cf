import type { Address } from '@/lib/model/address'
import type { Identity } from '@/lib/model/identity'
import { call } from './api'
import type { App } from './app'
import { signal } from './signal'

// Whom somebody writes as: read when writing is near, and known from then on.

export const identities = signal<readonly Identity[] | null>(null)

let asking: Promise<void> | null = null

/** Settles when they are known, or cannot be: then one writes as oneself. */
export const loadIdentities = (): Promise<void> => {
  if (identities.get()) return Promise.resolve()
  asking ??= call('listIdentities', {})
    .then(
      (answer) => identities.set(answer.identities),
      () => undefined,
    )
    .finally(() => (asking = null))
  return asking
}

export const saveIdentities = async (list: Identity[]): Promise<void> => {
  const answer = await call('writeIdentities', { identities: list })
  identities.set(answer.identities)
}

const oneself = (app: App): Identity => ({
  id: 'own',
  name: app.preferences.get().displayName || app.person.name,
  address: app.person.address,
  replyTo: null,
  bcc: null,
  organisation: '',
  signature: '',
})

/** The first is the usual one; whoever said nothing else writes as themselves. */
export const identitiesOf = (app: App): readonly [Identity, ...Identity[]] => {
  const [first, ...others] = identities.get() ?? []
  return first ? [first, ...others] : [oneself(app)]
}

/** `alice+news@x` is alice@x (RFC 5233). */
export function bareAddress(address: string): string {
  const lower = address.toLowerCase()
  const at = lower.lastIndexOf('@')
  const plus = lower.indexOf('+')
  return plus > 0 && plus < at ? lower.slice(0, plus) + lower.slice(at) : lower
}

/** Who was written to: the answer comes from there, a detailed address (RFC 5233) included. */
export function addressed(list: readonly Identity[], to: readonly Address[]): Identity | null {
  for (const { address } of to) {
    const exact = list.find((one) => one.address.toLowerCase() === address.toLowerCase())
    if (exact) return exact
    const bare = list.find((one) => bareAddress(one.address) === bareAddress(address))
    if (bare) return { ...bare, address }
  }
  return null
}
