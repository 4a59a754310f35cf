import { randomInt } from 'node:crypto'

// What `npm run test:long` says to the tests it runs; `npm test` takes a small sample with a new seed each time.

export const seedOf = (): number => Number(process.env.POSTHORN_SEED ?? randomInt(1_000_000_000))

/** The sample runs beside other tests, which take half of each processor: there only a fault of kind shows. */
export const shownBodies = () => {
  const asked = process.env.POSTHORN_SHOWN_MESSAGES
  return asked
    ? { count: Number(asked), on: ['dovecot', 'posthorn'] as const, most: 15 }
    : { count: 80, on: ['posthorn'] as const, most: 30 }
}
