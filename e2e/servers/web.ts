// The web process as a program of its own, in front of a mail system.
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MailSystem } from './contract'
import { freePort } from './ports'
import { repository } from './repository'
import { launch, readyLine } from './running'
import { fromTemplate, keepTemplate } from './templates'

export interface WebOptions {
  basePath?: string
  port?: number
  /** Where a browser reaches it when that is not where it listens: behind a proxy. */
  publicUrl?: string
  env?: Record<string, string>
}

export interface Web {
  /** With the base path, without a slash at its end. */
  url: string
  port: number
  home: string
  output(): string
  pid(): number
  /** kill -9 and a start on the same port and data. */
  crash(): Promise<void>
  /** SIGTERM, and a start of another build on the same port and data: an upgrade. */
  replace(root: string): Promise<void>
  /** It ended by itself, as a crash test asked it to. */
  died(): Promise<void>
  stop(): Promise<void>
}

export const startWeb = async (system: MailSystem, options: WebOptions = {}): Promise<Web> => {
  const home = mkdtempSync(join(tmpdir(), 'posthorn-web-'))
  const port = options.port ?? (await freePort())
  const env = {
    NODE_ENV: 'production',
    POSTHORN_HOME: home,
    POSTHORN_WEB_PORT: String(port),
    POSTHORN_BASE_PATH: options.basePath ?? '/webmail',
    POSTHORN_IMAP: `imap://${system.imap.host}:${system.imap.port}`,
    POSTHORN_SUBMISSION: `smtp://${system.submission.host}:${system.submission.port}`,
    POSTHORN_PASSWORD_CHANGE: system.passwordChange,
    ...(options.publicUrl ? { POSTHORN_PUBLIC_URL: options.publicUrl } : {}),
    ...options.env,
  }
  // The copy of the build for this prefix, which every data folder gets at its first start (web/build-copy.ts).
  const prefix = createHash('sha256').update(env.POSTHORN_BASE_PATH).digest('hex').slice(0, 8)
  const copy = {
    name: `web-${prefix}`,
    madeBy: '.next/BUILD_ID',
    to: join(env.POSTHORN_HOME, 'web'),
    as: 'links' as const,
  }
  if (!existsSync(copy.to)) fromTemplate(copy)
  let root = repository
  const start = async () => {
    const program = launch({ command: process.execPath, args: ['dist/web.mjs'], cwd: root, env })
    const { url } = await program.line((line) => readyLine<{ url: string }>(line))
    return { program, url: url.replace(/\/$/, '') }
  }
  let { program, url } = await start()
  keepTemplate(copy)
  return {
    get url() {
      return options.publicUrl?.replace(/\/$/, '') ?? url
    },
    port,
    home,
    output: () => program.output(),
    pid: () => program.pid,
    crash: async () => {
      await program.end('SIGKILL')
      ;({ program, url } = await start())
    },
    replace: async (other) => {
      root = other
      await program.end('SIGTERM')
      ;({ program, url } = await start())
    },
    died: async () => {
      await program.exited
    },
    stop: async () => {
      await program.end('SIGTERM')
      rmSync(home, { recursive: true, force: true })
    },
  }
}
