import type { Lineage } from '@/lib/model/draft'

// Which draft a letter is a version of. Every open letter is a writer of its own: two tabs that go on with the same
// words would otherwise take each other's versions for their own, and remove them.

/** What a letter says that goes on with what another one left. */
export const takenOver = (id: string, { key, writer, count = 0 }: Lineage): Lineage => ({
  key,
  writer: id,
  before: { writer, count },
})
