// SpamAssassin's spamd by its own protocol: SYMBOLS SPAMC/1.5, the message, and back the score and the rules that hit
// (spamassassin.apache.org, spamd/PROTOCOL).
import { connect } from 'node:net'
import { longest, mostAnswer, symbolNames, type AskFilter, type Opinion } from './model'

const read = (answer: string): Opinion => {
  const end = answer.indexOf('\r\n\r\n')
  const [status = '', ...headers] = answer.slice(0, end < 0 ? undefined : end).split('\r\n')
  if (!/^SPAMD\/\S+ 0 /.test(status)) throw new Error(`spamd answers ${status.slice(0, 100)}`)
  const line = headers.find((each) => /^Spam:/i.test(each)) ?? ''
  const [, spam, score, required] =
    /^Spam:\s*(true|yes|false|no)\s*;\s*(-?[\d.]+)\s*\/\s*(-?[\d.]+)/i.exec(line) ?? []
  if (!spam) throw new Error('spamd answers without a verdict')
  return {
    verdict: /^(true|yes)$/i.test(spam) ? 'junk' : 'take',
    score: Number(score),
    required: Number(required),
    symbols: symbolNames(
      end < 0
        ? []
        : answer
            .slice(end + 4)
            .trim()
            .split(','),
    ),
  }
}

export const askSpamd =
  (host: string, port: number): AskFilter =>
  ({ open, size }) =>
    new Promise((done, fail) => {
      const socket = connect({ host, port })
      const stream = open()
      let answer = ''
      const timer = setTimeout(() => socket.destroy(new Error('spamd is too slow')), longest)
      socket.setEncoding('latin1')
      socket.on('data', (chunk: string) => {
        answer += chunk
        if (answer.length > mostAnswer) socket.destroy(new Error('spamd does not end'))
      })
      socket.once('error', fail)
      stream.once('error', (error) => socket.destroy(error))
      socket.once('close', () => {
        clearTimeout(timer)
        stream.destroy()
        try {
          done(read(answer))
        } catch (error) {
          fail(error as Error)
        }
      })
      socket.write(`SYMBOLS SPAMC/1.5\r\nContent-length: ${size}\r\n\r\n`)
      // Half-closed at the end of the message, as spamc does.
      stream.pipe(socket)
    })
