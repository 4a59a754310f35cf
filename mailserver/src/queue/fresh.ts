// Bytes of small messages that were just accepted, so that their first delivery need not read them again.
const most = 16 * 1024 * 1024

export interface Fresh {
  keep(id: string, bytes: Buffer): void
  get(id: string): Buffer | null
  forget(id: string): void
}

export const createFresh = (): Fresh => {
  const kept = new Map<string, Buffer>()
  let total = 0
  return {
    keep: (id, bytes) => {
      if (total + bytes.length > most) return
      total += bytes.length
      kept.set(id, bytes)
    },
    get: (id) => kept.get(id) ?? null,
    forget: (id) => {
      total -= kept.get(id)?.length ?? 0
      kept.delete(id)
    },
  }
}
