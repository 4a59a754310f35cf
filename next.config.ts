import type { NextConfig } from 'next'

const config: NextConfig = {
  serverExternalPackages: ['better-sqlite3', 'imapflow', 'nodemailer', 'pino', 'mailparser', 'kysely'],
  poweredByHeader: false,
  reactStrictMode: true,
}

export default config
