import type { ServerResponse } from 'node:http'
import type { Config } from '../lib/server/config'

// On every answer; a route may replace one for itself. Policies of documents (CSP) are set where the
// document is made: proxy.ts for pages, lib/server/html for messages.
const everywhere: [string, string][] = [
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'no-referrer'],
  ['cross-origin-resource-policy', 'same-origin'],
]
const ofDocuments: [string, string][] = [
  ['cross-origin-opener-policy', 'same-origin'],
  ['x-permitted-cross-domain-policies', 'none'],
  [
    'permissions-policy',
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()',
  ],
]

export const setSecurityHeaders = (response: ServerResponse, config: Config): void => {
  for (const [name, value] of [...everywhere, ...ofDocuments]) response.setHeader(name, value)
  if (config.hsts && config.publicUrl.startsWith('https:'))
    response.setHeader('strict-transport-security', 'max-age=31536000')
}

/** Of a script, a style or a font they say nothing, and a first visit gets forty of these. */
export const withoutDocumentHeaders = (response: ServerResponse): void => {
  for (const [name] of ofDocuments) response.removeHeader(name)
}
