import 'server-only'

// One file of many messages (RFC 4155), in the form that can be read back without loss: every line that begins
// with "From ", quoted or not, gets one more ">".

/** RFC 4155 appendix A: the day as ctime writes it, in UTC. */
const stamp = (when: Date): string => {
  const [day, date, month, year, time] = when.toUTCString().replace(',', '').split(' ')
  return `${day} ${month} ${(date ?? '').replace(/^0/, ' ')} ${time} ${year}`
}

const quoted = (line: string): string => {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line
  return /^>*From /.test(text) ? `>${text}\n` : `${text}\n`
}

interface Letter {
  when: Date
  bytes: () => AsyncIterable<Uint8Array>
}

export async function* mbox(letters: Iterable<Letter> | AsyncIterable<Letter>): AsyncGenerator<Buffer> {
  for await (const { when, bytes } of letters) {
    yield Buffer.from(`From MAILER-DAEMON ${stamp(when)}\n`)
    let rest = ''
    for await (const chunk of bytes()) {
      // Bytes, not characters: latin1 keeps each as it is.
      const lines = (rest + Buffer.from(chunk).toString('latin1')).split('\n')
      rest = lines.pop() ?? ''
      if (lines.length > 0) yield Buffer.from(lines.map(quoted).join(''), 'latin1')
    }
    yield Buffer.from(`${rest ? quoted(rest) : ''}\n`, 'latin1')
  }
}
