// Trusted Types (W3C, section 4): with the pages' policy (lib/server/auth/content-policy.ts) no string becomes
// markup or a script's address unless one of the two policies here lets it. Browsers without them lack this wall
// and no other.

interface Policy {
  createHTML(html: string): string
}
interface Rules {
  createHTML: (html: string, ...how: string[]) => string | null
  createScriptURL?: (url: string) => string | null
}
interface Factory {
  createPolicy(name: string, rules: Rules): Policy
}

const factory = (): Factory | undefined => (globalThis as unknown as { trustedTypes?: Factory }).trustedTypes

/** Only the chunks of our own build are loaded as scripts. */
export const isOurChunk = (url: string, page: string, base: string): boolean => {
  if (!URL.canParse(url, page)) return false
  const { origin, pathname } = new URL(url, page)
  return origin === new URL(page).origin && pathname.startsWith(`${base}/_next/static/`)
}

/** What Next sends for an address that leads nowhere has no `data-base`: there the scripts it came with tell the prefix. */
const prefix = (): string => {
  const told = document.documentElement.dataset.base
  if (told !== undefined) return told
  const script = document.querySelector<HTMLScriptElement>('script[src*="/_next/static/"]')
  return script ? (new URL(script.src).pathname.split('/_next/static/')[0] ?? '') : ''
}

/**
 * The policy the browser asks when a plain string reaches a sink. It is asked with the sink's name then; the
 * editor's paste asks it by hand, without one, for a document in which nothing runs.
 */
const usual: Rules = {
  createHTML: (html, ...how) => (how.length === 0 ? html : null),
  createScriptURL: (url) => (isOurChunk(url, location.href, prefix()) ? url : null),
}

export const guardSinks = (): void => void factory()?.createPolicy('default', usual)

let inert: Policy | undefined

/** HTML as a document of its own: nothing in it runs, and nothing is fetched. */
export const inertDocument = (html: string): Document => {
  inert ??= factory()?.createPolicy('posthorn', { createHTML: (text) => text })
  return new DOMParser().parseFromString(inert?.createHTML(html) ?? html, 'text/html')
}
