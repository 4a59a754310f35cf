// What is timed, on one signed-in connection a round; numbers are milliseconds.
import type { Measured } from '../report'
import { Connection } from './client'
import { rareWord, rarity } from './content'

export interface Place {
  port: number
  user: { address: string; password: string }
  messages: number
}

const atOnce = 1_000
const page = 50
const headers = '(UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE)'

export const signIn = async ({ port, user }: Pick<Place, 'port' | 'user'>): Promise<Connection> => {
  const connection = await Connection.open(port)
  await connection.time(`LOGIN ${user.address} ${user.password}`)
  return connection
}

const reading = async (connection: Connection, { messages }: Place, round: number): Promise<Measured> => {
  const middle = Math.floor(messages / 2) + ((page * round) % Math.floor(messages / 2 - page))
  const one = 1 + ((round * 7919) % messages)
  return {
    'FETCH 50 at the end': [await connection.time(`FETCH ${messages - page + 1}:${messages} ${headers}`)],
    'FETCH 50 in the middle': [await connection.time(`FETCH ${middle}:${middle + page - 1} ${headers}`)],
    'FETCH all envelopes, warm': [await connection.time('FETCH 1:* (UID ENVELOPE)')],
    'FETCH one body': [await connection.time(`FETCH ${one} (BODY.PEEK[])`)],
  }
}

const finding = async (connection: Connection, round: number): Promise<Measured> => {
  const needle = rareWord((round * 37) % rarity)
  return {
    'SEARCH SUBJECT': [await connection.time(`UID SEARCH SUBJECT ${needle}`)],
    'SEARCH TEXT': [await connection.time(`UID SEARCH TEXT ${needle}`)],
    'SEARCH BODY': [await connection.time(`UID SEARCH BODY ${needle}`)],
    'SORT by date': [await connection.time('UID SORT (REVERSE DATE) UTF-8 ALL')],
    'SORT by subject': [await connection.time('UID SORT (SUBJECT) UTF-8 ALL')],
    'THREAD by references': [await connection.time('UID THREAD REFERENCES UTF-8 ALL')],
  }
}

const changing = async (connection: Connection, { messages }: Place): Promise<Measured> => {
  const some = `1:${Math.min(atOnce, messages)}`
  const add = await connection.time(`STORE ${some} +FLAGS.SILENT (\\Flagged)`)
  const remove = await connection.time(`STORE ${some} -FLAGS.SILENT (\\Flagged)`)
  const away = await connection.time(`MOVE ${some} Archive`)
  await connection.time('SELECT Archive')
  const back = await connection.time('MOVE 1:* INBOX')
  return { 'STORE on 1,000': [add, remove], 'MOVE of 1,000': [away, back] }
}

const writers = 8
const eachWrites = 25
const letter = Buffer.from(
  `Subject: appended\r\n\r\n${'Some words that a letter is made of.\r\n'.repeat(40)}`,
)

/** Milliseconds a message, several connections at it. */
const appending = async (place: Place): Promise<Measured> => {
  const connections = await Promise.all(Array.from({ length: writers }, () => signIn(place)))
  const began = performance.now()
  await Promise.all(
    connections.map(async (connection) => {
      for (let n = 0; n < eachWrites; n++)
        await connection.time(`APPEND Drafts (\\Seen) {${letter.length}+}`, letter)
    }),
  )
  const took = performance.now() - began
  await Promise.all(connections.map((connection) => connection.end()))
  return { 'APPEND, a message': [took / (writers * eachWrites)] }
}

export const walk = async (place: Place, round: number): Promise<Measured> => {
  const connection = await signIn(place)
  const select = await connection.time('SELECT INBOX')
  const measured = {
    SELECT: [select],
    ...(await reading(connection, place, round)),
    ...(await finding(connection, round)),
    ...(await changing(connection, place)),
  }
  await connection.end()
  return { ...measured, ...(await appending(place)) }
}

/** After a start: nothing is open, nothing remembered in the process. */
export const coldWalk = async (place: Place): Promise<Measured> => {
  const connection = await signIn(place)
  await connection.time('SELECT INBOX')
  const took = await connection.time('FETCH 1:* (UID ENVELOPE)')
  await connection.end()
  return { 'FETCH all envelopes, cold': [took] }
}
