// Reads back the ENVELOPE text that the store keeps: SORT and THREAD need a few of its fields.

export interface Person {
  name: string | null
  /** Local part and domain; the local part alone is the sort key of RFC 5256. */
  local: string
  host: string
}

interface Envelope {
  subject: string | null
  from: Person[]
  to: Person[]
  cc: Person[]
  inReplyTo: string | null
  messageId: string | null
}

type Node = string | null | Node[]

/** Our own text: no bounds beyond its own length, no errors expected; nesting is two levels by construction. */
const parse = (text: string): Node[] => {
  const stack: Node[][] = [[]]
  const token = /\(|\)|"((?:[^"\\]|\\.)*)"|\{(\d+)\}\r\n|NIL/g
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const top = stack[stack.length - 1] as Node[]
    if (found[0] === '(') {
      const list: Node[] = []
      top.push(list)
      stack.push(list)
    } else if (found[0] === ')') stack.pop()
    else if (found[1] !== undefined)
      top.push(found[1].includes('\\') ? found[1].replace(/\\(.)/g, '$1') : found[1])
    else if (found[2] !== undefined) {
      const bytes = text.slice(token.lastIndex, token.lastIndex + Number(found[2]))
      top.push(Buffer.from(bytes, 'latin1').toString('utf8'))
      token.lastIndex += Number(found[2])
    } else top.push(null)
    if (stack.length === 0) break
  }
  return stack[0] ?? []
}

const textOf = (node: Node | undefined): string | null => (typeof node === 'string' ? node : null)

const peopleOf = (node: Node | undefined): Person[] =>
  Array.isArray(node)
    ? node.flatMap((each) =>
        Array.isArray(each)
          ? [{ name: textOf(each[0]), local: textOf(each[2]) ?? '', host: textOf(each[3]) ?? '' }]
          : [],
      )
    : []

export const readEnvelope = (text: string): Envelope => {
  // Literals count bytes: with one inside, the text is read as bytes.
  const bytes = /\{\d+\}\r\n/.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text
  const fields = parse(bytes)[0]
  const list = Array.isArray(fields) ? fields : []
  return {
    subject: textOf(list[1]),
    from: peopleOf(list[2]),
    to: peopleOf(list[5]),
    cc: peopleOf(list[6]),
    inReplyTo: textOf(list[8]),
    messageId: textOf(list[9]),
  }
}
