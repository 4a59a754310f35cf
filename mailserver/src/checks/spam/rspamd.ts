// Rspamd over HTTP: POST /checkv2 with the envelope in headers, and back an action (docs.rspamd.com, protocol).
import { request } from 'node:http'
import { z } from 'zod'
import { longest, mostAnswer, symbolNames, type AskFilter, type Opinion } from './model'

const schema = z.object({
  action: z.string(),
  score: z.number(),
  required_score: z.number().default(0),
  symbols: z.record(z.string(), z.unknown()).default({}),
})

/** What Rspamd proposes; a rewritten subject is junk by another name. */
const verdicts: Record<string, Opinion['verdict']> = {
  reject: 'refuse',
  'soft reject': 'later',
  greylist: 'later',
  'add header': 'junk',
  'rewrite subject': 'junk',
  'no action': 'take',
}

const read = (text: string): Opinion => {
  const { action, score, required_score: required, symbols } = schema.parse(JSON.parse(text))
  return { verdict: verdicts[action] ?? 'take', score, required, symbols: symbolNames(Object.keys(symbols)) }
}

// A header's value: what a client said is not to end it.
const plain = (text: string): string => encodeURI(text.replace(/[^\x20-\x7e]/g, '?')).slice(0, 1000)

export const askRspamd =
  (host: string, port: number): AskFilter =>
  ({ open, size, queueId, sender, recipients, ip, helo }) =>
    new Promise((done, fail) => {
      const headers = {
        'content-length': size,
        'queue-id': queueId,
        from: plain(sender),
        rcpt: recipients.slice(0, 100).map(plain),
        ip,
        helo: plain(helo),
      }
      const wish = { host, port, method: 'POST', path: '/checkv2', headers, agent: false }
      const asked = request(wish, (answer) => {
        let text = ''
        answer.setEncoding('utf8')
        answer.on('data', (chunk: string) => {
          text += chunk
          if (text.length > mostAnswer) asked.destroy(new Error('rspamd does not end'))
        })
        // Not `end`: an answer that breaks off in its middle has none, and its request no error.
        answer.once('close', () => {
          try {
            if (!answer.complete) throw new Error('rspamd broke off')
            if (answer.statusCode !== 200) throw new Error(`rspamd answers ${answer.statusCode}`)
            done(read(text))
          } catch (error) {
            fail(error as Error)
          }
        })
      })
      const timer = setTimeout(() => asked.destroy(new Error('rspamd is too slow')), longest)
      const stream = open()
      asked.once('error', fail)
      asked.once('close', () => {
        clearTimeout(timer)
        stream.destroy()
      })
      stream.once('error', (error) => asked.destroy(error))
      stream.pipe(asked)
    })
