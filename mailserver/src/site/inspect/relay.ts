// The open-relay self-test: a stranger at the transfer door asks to have mail carried to strangers, in every
// spelling that has fooled servers before. Nothing is sent: each question ends before DATA.
import { parseNetworks } from '../../core/network'
import type { Finding, Inspected } from './finding'
import { openTalk, type LineTalk } from './line-talk'

const area = 'relay'

// example.net and example.com belong to nobody (RFC 2606 section 3).
const spellings = (domain: string): string[] => [
  'someone@example.net',
  `someone%example.net@${domain}`,
  `"someone@example.net"@${domain}`,
  `@${domain}:someone@example.net`,
  `example.net!someone@${domain}`,
]

const isCarried = async (door: LineTalk, recipient: string, sender: string): Promise<boolean> => {
  const from = await door.say(`MAIL FROM:<${sender}>`)
  const to = from.startsWith('250') ? await door.say(`RCPT TO:<${recipient}>`) : from
  await door.say('RSET')
  return to.startsWith('25')
}

const ask = async (site: Inspected, port: number): Promise<string[]> => {
  const { config, host } = site
  const door = await openTalk({ host, port, tls: 'plain' })
  try {
    await door.reply()
    await door.say('EHLO relay-test.example.com')
    const carried: string[] = []
    for (const recipient of spellings(config.domain))
      if (await isCarried(door, recipient, 'relay-test@example.com')) carried.push(recipient)
    return carried
  } finally {
    door.end()
  }
}

export const inspectRelay = async (site: Inspected): Promise<Finding[]> => {
  const { config, host } = site
  const { smtp_port: port } = config
  if (port === 'off') return [{ area, state: 'ok', says: 'no transfer door, so no open relay' }]
  if (parseNetworks(config.trusted_networks).has(host))
    return [
      {
        area,
        state: 'unknown',
        says: `the relay test was left out: ${host} stands in trusted_networks and may relay`,
        mend: 'run `posthorn-mail check` from a machine outside of them',
      },
    ]
  const carried = await ask(site, port)
  return carried.length === 0
    ? [{ area, state: 'ok', says: 'strangers cannot send through this server' }]
    : [
        {
          area,
          state: 'wrong',
          says: `strangers can send through this server (${carried.join(', ')})`,
          mend: 'look at trusted_networks, catch_all and the aliases',
        },
      ]
}
