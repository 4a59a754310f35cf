import { err, lines, ok, type Command, type Reply } from '../command'
import { createStuffing } from '../body'
import type { Drop, Maildrop } from '../maildrop'

const states = ['transaction'] as const
const noSuch = err('no such message')

const total = (drops: readonly Drop[]): number => drops.reduce((sum, { size }) => sum + size, 0)

// RFC 1939 section 5
export const stat: Command = {
  name: 'STAT',
  states,
  run: ({ maildrop }) => ok(`${maildrop.present.length} ${total(maildrop.present)}`),
}

const listing =
  (show: (drop: Drop) => string) =>
  (maildrop: Maildrop, [number]: string[]): Reply => {
    if (number === undefined) {
      const { present } = maildrop
      return lines(`${present.length} messages (${total(present)} octets)`, present.map(show))
    }
    const drop = maildrop.find(number)
    return drop ? ok(show(drop)) : noSuch
  }

const list1 = listing(({ number, size }) => `${number} ${size}`)
const uidl1 = listing(({ number, uidl }) => `${number} ${uidl}`)

// RFC 1939 section 5
export const list: Command = { name: 'LIST', states, run: ({ maildrop }, args) => list1(maildrop, args) }

// RFC 1939 section 7
export const uidl: Command = { name: 'UIDL', states, run: ({ maildrop }, args) => uidl1(maildrop, args) }

const send = ({ mail, mailbox }: Maildrop, drop: Drop, bodyLines: number | null): Reply => {
  if (!mail.row(mailbox, drop.uid)) return noSuch
  const body = async function* () {
    const stuffing = createStuffing(bodyLines)
    const stream = mail.stream(mailbox, drop.uid)
    for await (const chunk of stream) {
      yield stuffing.push(chunk as Buffer)
      if (stuffing.full) break
    }
    yield stuffing.end()
  }
  return { text: `+OK ${drop.size} octets`, body: body() }
}

// RFC 1939 section 5
export const retr: Command = {
  name: 'RETR',
  states,
  run: ({ maildrop }, [number = '']) => {
    const drop = maildrop.find(number)
    return drop ? send(maildrop, drop, null) : noSuch
  },
}

// RFC 1939 section 7
export const top: Command = {
  name: 'TOP',
  states,
  run: ({ maildrop }, [number = '', count = '']) => {
    if (!/^[0-9]{1,9}$/.test(count)) return err('TOP needs a message and a number of lines')
    const drop = maildrop.find(number)
    return drop ? send(maildrop, drop, Number(count)) : noSuch
  },
}

// RFC 1939 section 5
export const dele: Command = {
  name: 'DELE',
  states,
  run: ({ maildrop }, [number = '']) => {
    const drop = maildrop.find(number)
    if (!drop) return noSuch
    maildrop.mark(drop)
    return ok('marked: gone after QUIT')
  },
}

// RFC 1939 section 5
export const rset: Command = {
  name: 'RSET',
  states,
  run: ({ maildrop }) => {
    maildrop.unmarkAll()
    return ok(`${maildrop.all.length} messages`)
  },
}
