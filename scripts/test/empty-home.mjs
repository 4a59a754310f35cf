// A newcomer's environment: an empty home and npm cache, and of this shell only what finds programs and the
// registry; no npm settings of a run above us.
import { join } from 'node:path'

const kept = ['PATH', 'LANG', 'TMPDIR', 'http_proxy', 'https_proxy', 'no_proxy', 'NODE_EXTRA_CA_CERTS']
const pick = (names) =>
  Object.fromEntries(names.filter((name) => process.env[name]).map((name) => [name, process.env[name]]))

export const emptyEnvironment = (home) => ({
  ...pick([...kept, 'npm_config_registry']),
  HOME: home,
  npm_config_cache: join(home, 'npm-cache'),
})
