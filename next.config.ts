import type { NextConfig } from 'next'
import { PHASE_DEVELOPMENT_SERVER } from 'next/constants'
import { basePathPlaceholder } from './web/placeholder'

// Next writes the base path into what it builds. Ours is chosen at start, so the build carries a placeholder
// that web/build-copy.ts replaces (docs/decisions/001-prefix-at-start.md). In development nothing is kept,
// and web/main.ts names the real one.
const configure = (phase: string): NextConfig => ({
  basePath: phase === PHASE_DEVELOPMENT_SERVER ? (process.env.POSTHORN_BASE_PATH ?? '') : basePathPlaceholder,
  serverExternalPackages: ['better-sqlite3', 'imapflow', 'nodemailer', 'pino', 'mailparser', 'kysely'],
  // `npm run check` does it, tests included; here it would double the time of a first start.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  reactStrictMode: true,
  // Pages only: web/serve.ts keeps it from everything under /api, and web/assets.ts sends what was compressed before.
  compress: true,
  // Code is read when it is first asked for: all of it at once is a third of the start, and most of it waits for hours.
  experimental: { preloadEntriesOnStart: false },
})

export default configure
