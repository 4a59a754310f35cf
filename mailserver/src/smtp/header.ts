// The head of a message as raw fields, so that what is not touched stays byte for byte as it came.
export interface Field {
  /** Lower case. */
  name: string
  /** With its continuation lines and final CRLF. */
  raw: Buffer
}

/** Fields of a head that ends with the CRLF of its last line; a line that is no field stays with name ''. */
export const parseHead = (head: Buffer): Field[] => {
  const fields: Field[] = []
  let start = 0
  while (start < head.length) {
    let end = head.indexOf('\r\n', start)
    end = end < 0 ? head.length : end + 2
    while (end < head.length && (head[end] === 0x20 || head[end] === 0x09)) {
      const next = head.indexOf('\r\n', end)
      end = next < 0 ? head.length : next + 2
    }
    const raw = head.subarray(start, end)
    const name = /^([\x21-\x39\x3b-\x7e]+)[ \t]*:/.exec(raw.subarray(0, 200).toString('latin1'))
    fields.push({ name: name?.[1]?.toLowerCase() ?? '', raw })
    start = end
  }
  return fields
}

export const countHops = (fields: readonly Field[]): number =>
  fields.filter(({ name }) => name === 'received').length

const twoDigits = (value: number): string => String(value).padStart(2, '0')

/** RFC 5322 section 3.3, in this machine's zone. */
export const mailDate = (at: Date): string => {
  const offset = -at.getTimezoneOffset()
  const zone = `${offset < 0 ? '-' : '+'}${twoDigits(Math.floor(Math.abs(offset) / 60))}${twoDigits(Math.abs(offset) % 60)}`
  const [day, month, date, year] = at.toDateString().split(' ')
  return `${day}, ${Number(date)} ${month} ${year} ${at.toTimeString().slice(0, 8)} ${zone}`
}
