// Which Chromium is driven, and how. Debian's where it is there, else the one that Playwright brought.
import { existsSync } from 'node:fs'
import { chromium, type Browser } from '@playwright/test'

/** The whole browser: for what is said about hostile mail, and for speed and pictures. */
const whole = '/usr/bin/chromium'
/** The same engine without a browser's windows, as Playwright's own is: a third less work for each story. */
const shell = '/usr/bin/chromium-headless-shell'

const firstOf = (...files: string[]): string | undefined => files.find((file) => existsSync(file))

// Without these a Chromium on a machine without a way out spends its time on connections that are refused.
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
]

export const launchArgs = ['--no-sandbox', '--no-first-run', ...quiet]

export const browserPath = firstOf(whole, chromium.executablePath())
export const shellPath = firstOf(shell, whole)

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ ...(browserPath ? { executablePath: browserPath } : {}), args: launchArgs })
