// posthorn-mail check: what an administrator would otherwise learn from bounced mail. Exit code 1 when something
// is wrong, so that a monitor can run it.
import { networkInterfaces } from 'node:os'
import { parseArgs } from 'node:util'
import { openDkim } from '../checks/dkim'
import { readConfig, type Config } from '../core/config'
import { Failure } from '../core/errors'
import { createLog } from '../core/log'
import { notPublic } from '../core/network'
import { inspect } from '../site/inspect'
import type { Finding } from '../site/inspect/finding'
import { askNames } from '../site/names'
import { usages, type Run } from './usage'

const signs: Record<Finding['state'], string> = {
  ok: 'ok     ',
  warning: 'warning',
  wrong: 'WRONG  ',
  unknown: '?      ',
}

const wildcards = new Set(['0.0.0.0', '::', ''])
const reachable = (host: string): string => (wildcards.has(host) ? '127.0.0.1' : host)

/** Addresses of this machine that the world could know. */
export const ownAddresses = (config: Config): string[] => {
  const all = wildcards.has(config.mail_host)
    ? Object.values(networkInterfaces()).flatMap((each) => (each ?? []).map(({ address }) => address))
    : [config.mail_host]
  return all.filter((address) => !notPublic.has(address))
}

const read = (args: string[]) => {
  try {
    const options = { dns: { type: 'string' }, json: { type: 'boolean' } } as const
    return parseArgs({ args, options }).values
  } catch (error) {
    throw new Failure('refused', `${(error as Error).message}\nusage: posthorn-mail ${usages.check}`)
  }
}

const asText = (findings: readonly Finding[]): string => {
  const lines = findings.map(
    ({ state, says, mend }) =>
      `${signs[state]} ${says}${mend && state !== 'ok' ? `\n        → ${mend}` : ''}`,
  )
  const wrong = findings.filter(({ state }) => state === 'wrong').length
  const end = wrong === 0 ? 'Nothing is wrong.' : `${wrong} ${wrong === 1 ? 'thing is' : 'things are'} wrong.`
  return [...lines, '', end, ''].join('\n')
}

export const run: Run = async (args) => {
  const { dns = null, json } = read(args)
  const config = readConfig()
  const log = createLog('warn', (line) => process.stderr.write(`${line}\n`))
  const findings = await inspect({
    config,
    dkim: openDkim({ config, log }),
    addresses: ownAddresses(config),
    names: askNames(dns),
    host: reachable(config.mail_host),
    now: new Date(),
  })
  process.stdout.write(json ? `${JSON.stringify(findings, null, 2)}\n` : asText(findings))
  process.exitCode = findings.some(({ state }) => state === 'wrong') ? 1 : 0
}
