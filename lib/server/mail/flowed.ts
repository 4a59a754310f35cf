import 'server-only'

// Plain text as format=flowed (RFC 3676): what is one line to the writer goes out in short lines that a
// reader joins again, in quotes too, level by level.
// Invariants: a line break of the writer stays one; no line but one long word is longer than `width`.

/** RFC 3676 section 4.2: at most 78 with the trailing space; quoted-printable is content with 76. */
const width = 76
/** A quote deeper than this is written as this deep: its marks would stand before every short line. */
const deepest = 50
/** Below this a deep quote would be one word a line. */
const narrowest = 24

const signature = '-- '

/** `> > two` and `>>two` are both two levels deep. */
const split = (line: string): { level: number; text: string } => {
  const [marks = ''] = /^(?:> ?)+/.exec(line) ?? []
  return { level: Math.min(marks.replaceAll(' ', '').length, deepest), text: line.slice(marks.length) }
}

// RFC 3676 section 4.1: no line of ours ends in a space by accident, except the one that means something.
const withoutTrailing = (text: string): string => (text === signature ? text : text.replace(/ +$/, ''))

/** Cuts behind spaces, so that joining the pieces gives the text back, and each piece but the last is soft. */
const wrap = (text: string, room: number): string[] => {
  const lines: string[] = []
  let line = ''
  for (const word of text.match(/ *[^ ]+ */g) ?? ['']) {
    // A piece that reads as the signature's separator would be taken for it (section 4.3).
    if (line !== '' && line !== signature && lengthOf(line) + lengthOf(word) > room) {
      lines.push(line)
      line = ''
    }
    line += word
  }
  return [...lines, line]
}

const lengthOf = (text: string): number => [...text].length

/** Section 4.4: a quote's text always stands behind a space; other text where it could be misread. */
const stuffed = (text: string, level: number): string => {
  if (level > 0) return text === '' ? '>'.repeat(level) : `${'>'.repeat(level)} ${text}`
  return /^(?: |>|From )/.test(text) ? ` ${text}` : text
}

export const flowed = (text: string): string =>
  text
    .split(/\r\n|\r|\n/)
    .flatMap((line) => {
      const { level, text } = split(line)
      const room = Math.max(width - (level > 0 ? level + 1 : 1), narrowest)
      return wrap(withoutTrailing(text), room).map((piece) => stuffed(piece, level))
    })
    .join('\n')
