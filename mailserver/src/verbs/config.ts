// posthorn-mail config: what differs from the defaults, and where it was set (as `postconf -n` tells); all keys
// with --all. Secrets are masked.
import { readSettings, secretKeys } from '../core/config'
import type { Run } from './usage'

export const run: Run = async (args) => {
  const { home, settings } = readSettings()
  const shown = settings
    .filter(({ from, value }) => args.includes('--all') || (from !== 'default' && value !== undefined))
    .map((setting) =>
      secretKeys.includes(setting.key) && setting.value ? { ...setting, value: '(secret)' } : setting,
    )
  if (args.includes('--json')) {
    process.stdout.write(`${JSON.stringify({ home, settings: shown }, null, 2)}\n`)
    return
  }
  process.stdout.write(`# data folder: ${home}\n`)
  for (const { key, value, from } of shown)
    process.stdout.write(`${key} = ${JSON.stringify(value) ?? '(not set)'}   # ${from}\n`)
}
