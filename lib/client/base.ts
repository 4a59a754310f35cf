// The prefix the application is served under (`/webmail`, `/`, `/a/b`) is decided when the server starts, so the
// browser learns it from `<html data-base>`. While rendering on the server the document is absent and the value
// given once by the root layout stands.
let served = ''

export const serveUnder = (base: string): void => {
  served = base.replace(/\/+$/, '')
}

export const basePath = (): string =>
  typeof document === 'undefined' ? served : (document.documentElement.dataset.base ?? '').replace(/\/+$/, '')

/** `/mail/0/inbox` -> `/webmail/mail/0/inbox`. */
export const withBase = (path: `/${string}`): string => `${basePath()}${path}`

/** The path below the prefix, of a path that may or may not carry it. */
export const withoutBase = (path: string): string => {
  const base = basePath()
  if (base === '' || !(path === base || path.startsWith(`${base}/`))) return path
  return path.slice(base.length) || '/'
}
