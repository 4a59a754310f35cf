import { randomInt } from 'node:crypto'

// What `npm run test:long` says to the tests it runs; `npm test` takes a small sample with a new seed each time.

export const seedOf = (): number => Number(process.env.TEST_SEED ?? randomInt(1_000_000_000))

/** Where a run draws lots: `npm run test:long -- outbox` and `-- hostile` ask for all of it, on both servers. */
export const extent = (): 'sample' | 'all' => (process.env.POSTHORN_EXTENT === 'all' ? 'all' : 'sample')

/** Each is killed once. */
export const sendsOf = (): number => Number(process.env.POSTHORN_SENDS ?? 3)

/** The sample runs beside other tests, which take half of each processor: there only a fault of kind shows. */
export const shownBodies = () => {
  const asked = process.env.POSTHORN_SHOWN_MESSAGES
  return asked
    ? { count: Number(asked), on: ['dovecot', 'posthorn'] as const, most: 15 }
    : { count: 80, on: ['posthorn'] as const, most: 30 }
}

export const generatedDocuments = () => ({
  documents: Number(process.env.POSTHORN_DOCUMENTS ?? 3000),
  seed: Number(process.env.TEST_SEED ?? 20_260_101),
})

/** The rule of the sanitiser that this run does without. */
export const ruleTakenOut = (): string | undefined => process.env.POSTHORN_WITHOUT_RULE

/** Combined searches, and of each operator so many values alone, in a mailbox of so many letters. */
export const searchesOf = () => {
  const asked = process.env.POSTHORN_SEARCHES
  return asked
    ? { letters: 300, searches: Number(asked), values: Infinity }
    : { letters: 60, searches: 50, values: 2 }
}
