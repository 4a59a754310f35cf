// Does each door that the configuration opens answer as it should?
import type { ConfigKey } from '../../core/config'
import type { Finding, Inspected } from './finding'
import { openTalk } from './line-talk'

interface DoorKind {
  key: ConfigKey & `${string}_port`
  name: string
  greets: RegExp
  tls: 'plain' | 'implicit'
}

const kinds: readonly DoorKind[] = [
  { key: 'smtp_port', name: 'transfer (SMTP)', greets: /^220 /, tls: 'plain' },
  { key: 'submission_port', name: 'submission', greets: /^220 /, tls: 'plain' },
  { key: 'smtps_port', name: 'submission over TLS', greets: /^220 /, tls: 'implicit' },
  { key: 'lmtp_port', name: 'LMTP', greets: /^220 /, tls: 'plain' },
  { key: 'imap_port', name: 'IMAP', greets: /^\* OK/, tls: 'plain' },
  { key: 'imaps_port', name: 'IMAP over TLS', greets: /^\* OK/, tls: 'implicit' },
  { key: 'pop3_port', name: 'POP3', greets: /^\+OK/, tls: 'plain' },
  { key: 'pop3s_port', name: 'POP3 over TLS', greets: /^\+OK/, tls: 'implicit' },
]

const lookAt = async (site: Inspected, { key, name, greets, tls }: DoorKind): Promise<Finding[]> => {
  const port = site.config[key]
  if (port === 'off') return []
  const where = `${name} on ${site.host}:${port}`
  try {
    const door = await openTalk({ host: site.host, port, tls })
    const greeting = await door.reply().finally(() => door.end())
    return greets.test(greeting)
      ? [{ area: 'doors', state: 'ok', says: `${where} answers` }]
      : [
          {
            area: 'doors',
            state: 'wrong',
            says: `${where} greets as something else: ${greeting.slice(0, 80)}`,
            mend: `another program has the port: stop it, or set ${key}`,
          },
        ]
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const mend =
      code === 'ECONNREFUSED' ? 'is the server running? `npx posthorn start` starts it' : `see ${key}`
    return [{ area: 'doors', state: 'wrong', says: `${where} does not answer: ${code ?? message}`, mend }]
  }
}

export const inspectDoors = async (site: Inspected): Promise<Finding[]> =>
  (await Promise.all(kinds.map((kind) => lookAt(site, kind)))).flat()
