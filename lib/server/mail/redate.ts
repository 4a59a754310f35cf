import 'server-only'

/** The message as if it had been written then. Nothing else of it changes, least of all its Message-ID. */
export const redated = (message: Buffer, date: Date): Buffer => {
  const end = message.indexOf('\r\n\r\n')
  const header = message.subarray(0, end < 0 ? message.length : end)
  // RFC 5322 section 2.2.3: a line that begins with white space goes on from the one before.
  const written = header
    .toString('latin1')
    .replace(/^Date:.*(?:\r\n[ \t].*)*/im, `Date: ${date.toUTCString().replace('GMT', '+0000')}`)
  return Buffer.concat([Buffer.from(written, 'latin1'), message.subarray(header.length)])
}
