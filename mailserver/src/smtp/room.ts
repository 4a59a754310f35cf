// Room for what is known only when a message was read to its end, and what fills it up.
//
// A fold is white space before and behind a line break: FWS = ([*WSP CRLF] 1*WSP) (RFC 5322 section 3.2.2). What of the room is
// not needed becomes white space before the folds of our own lines, where nobody who reads or unfolds them finds a difference,
// and no signature of a stranger's reaches.
import type { Field } from './header'
import type { Trace } from './trace'

const most = 8 * 1024
const longestLine = 998

/** What the checks and the filter usually need, with some to spare: where they need more, the message is written twice. */
export const roomForFindings = (
  fields: readonly Field[],
  { sender, helo, clientAddress }: Trace,
  { serverName, spam }: { serverName: string; spam: 'filtered' | 'not filtered' },
): number => {
  const count = (name: string) => fields.filter((field) => field.name === name).length
  const names = 4 * sender.length + 2 * helo.length + 3 * clientAddress.length + 4 * serverName.length
  const signatures = 250 * count('dkim-signature') + 200 * Math.min(2, count('arc-seal'))
  return Math.min(most, 500 + names + signatures + (spam === 'filtered' ? 800 : 0))
}

const isFold = (lines: readonly string[], at: number): boolean => /^[ \t]/.test(lines[at + 1] ?? '')

/** As long as the room, or as it is where that cannot be. */
export const fitted = (top: Buffer, room: number | null): Buffer => {
  const lines = top.toString('latin1').split('\r\n')
  let left = (room ?? 0) - top.length
  let folds = lines.flatMap((_, at) => (isFold(lines, at) ? [at] : []))
  while (left > 0 && folds.length > 0) {
    const share = Math.ceil(left / folds.length)
    for (const at of folds) {
      const line = lines[at] ?? ''
      const more = Math.max(0, Math.min(share, left, longestLine - line.length))
      lines[at] = line + ' '.repeat(more)
      left -= more
    }
    folds = folds.filter((at) => (lines[at] ?? '').length < longestLine)
  }
  return left === 0 ? Buffer.from(lines.join('\r\n'), 'latin1') : top
}
