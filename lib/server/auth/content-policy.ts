import 'server-only'
import { isDevelopment } from '../config'

/** What the app's own pages may do. A message's document has a policy of its own (lib/server/html). */
export const contentSecurityPolicy = (nonce: string): string =>
  [
    "default-src 'self'",
    // React's development build evaluates code for its stack traces; nothing else ever may.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment() ? " 'unsafe-eval'" : ''}`,
    // Positions of a virtual list and of menus are style attributes; they cannot run anything.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self' blob:",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    // Enforced: no string becomes markup or a script (lib/client/trusted-types.ts). The overlay of Next's development
    // server is made of strings.
    ...(isDevelopment()
      ? []
      : ["require-trusted-types-for 'script'", 'trusted-types default posthorn nextjs']),
  ].join('; ')
