// A spam filter beside us, spamd or Rspamd, asked about mail from strangers. Its being down, slow or strange never loses
// mail and never holds it up for long: then the message is taken as it is, and the log says so.
import type { Config } from '../../core/config'
import type { Log } from '../../core/log'
import { askRspamd } from './rspamd'
import { askSpamd } from './spamd'
import type { AskFilter, Opinion, Suspect } from './model'

export interface SpamOpinion {
  verdict: Opinion['verdict']
  /** Header lines with CRLF, or nothing. */
  headers: string
}

export type SpamFilter = (suspect: Suspect) => Promise<SpamOpinion>

/** spamc's own limit, ten times over: what is larger is hardly ever spam, and slow to read. */
const largest = 5 * 1024 * 1024

const filters = { spamd: { ask: askSpamd, port: 783 }, rspamd: { ask: askRspamd, port: 11_333 } }

/** `spamd://127.0.0.1:783` or `rspamd://127.0.0.1:11333`; the configuration has checked it. */
const askerOf = (address: string): AskFilter => {
  const { protocol, hostname, port } = new URL(address)
  const { ask, port: usual } = filters[protocol.slice(0, -1) as keyof typeof filters]
  return ask(hostname.replace(/^\[|\]$/g, ''), Number(port) || usual)
}

const headersOf = ({ verdict, score, required, symbols }: Opinion): string => {
  const isSpam = verdict === 'junk'
  const tests = symbols.length > 0 ? `\r\n\ttests=${symbols.join(',\r\n\t  ')}` : ''
  return [
    ...(isSpam ? ['X-Spam-Flag: YES'] : []),
    `X-Spam-Status: ${isSpam ? 'Yes' : 'No'}, score=${score.toFixed(1)} required=${required.toFixed(1)}${tests}`,
    '',
  ].join('\r\n')
}

export const createSpamFilter = ({ config, log }: { config: Config; log: Log }): SpamFilter | null => {
  if (!config.spam_filter) return null
  const ask = askerOf(config.spam_filter)
  return async (suspect) => {
    if (suspect.size > largest) return { verdict: 'take', headers: '' }
    try {
      const opinion = await ask(suspect)
      const { verdict, score } = opinion
      log.info('spam-checked', { queue: suspect.queueId, verdict, score })
      return { verdict, headers: headersOf(opinion) }
    } catch (error) {
      log.warn('spam-filter-failed', {
        queue: suspect.queueId,
        error: (error as Error).message.slice(0, 200),
      })
      return { verdict: 'take', headers: '' }
    }
  }
}
