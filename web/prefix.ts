// Which path Next is asked for. A proxy may keep the prefix or strip it; we serve both without being told:
// a path that does not begin with the prefix had it taken away, so it is put back. `/` on our own port thus
// leads into the app, whose redirects name the prefix. One case is ambiguous: a prefix that begins like a
// page of ours (`/mail`). There X-Forwarded-Prefix, which proxies that strip send, decides.

/** First steps of our own URLs below the prefix. */
const ownSteps = new Set([
  'mail',
  'login',
  'api',
  '_next',
  'search',
  'contacts',
  'settings',
  'compose',
  'open',
  'admin',
])

const begins = (url: string, prefix: string): boolean =>
  url.startsWith(prefix) && (url.length === prefix.length || '/?#'.includes(url.charAt(prefix.length)))

export const withPrefix = (url: string, prefix: string, forwardedPrefix: string | null): string => {
  if (prefix === '') return url
  const stripped = forwardedPrefix !== null && ownSteps.has(prefix.split('/')[1] ?? '')
  if (!stripped && begins(url, prefix)) return url
  // Next knows the prefix itself, not the prefix with a slash.
  return url === '/' ? prefix : url.startsWith('/?') ? prefix + url.slice(1) : prefix + url
}
