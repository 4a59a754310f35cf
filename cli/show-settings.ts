// `posthorn config`: every key of the web app with its value and where it comes from.
import { loadConfig, showConfig } from '@/lib/server/config'
import { type Environment, readSettings } from './settings'

export const showSettings = (env: Environment): number => {
  const { home } = readSettings(env)
  try {
    const rows = showConfig(loadConfig({ ...env, POSTHORN_HOME: home }))
    const width = Math.max(...rows.map(({ key }) => key.length))
    for (const { key, value, source } of rows)
      console.log(`${key.padEnd(width)} = ${value}${source === 'default' ? '' : `   # ${source}`}`)
    return 0
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    return 1
  }
}
