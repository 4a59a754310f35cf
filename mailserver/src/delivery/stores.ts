// Keeps the stores of lately delivered users open, so that a burst for one mailbox opens it once.
import type { Clock } from '../core/clock'
import type { Store, UserStore } from '../store/contract'

const mostOpen = 64
const idleFor = 60_000

export interface Stores {
  use<T>(user: string, job: (store: UserStore) => Promise<T>): Promise<T>
  close(): void
}

interface Held {
  store: UserStore
  users: number
  last: number
}

export const createStores = (store: Store, clock: Clock): Stores => {
  const held = new Map<string, Held>()
  const letGo = (user: string, { store: open }: Held) => {
    held.delete(user)
    store.release(open)
  }
  const tidy = () => {
    for (const [user, each] of held) {
      if (each.users === 0 && (held.size > mostOpen || clock.now() - each.last > idleFor)) letGo(user, each)
    }
    cancel = clock.after(idleFor, tidy)
  }
  let cancel = clock.after(idleFor, tidy)
  return {
    use: async (user, job) => {
      let mine = held.get(user)
      if (!mine) {
        mine = { store: store.open(user), users: 0, last: 0 }
        held.set(user, mine)
      }
      mine.users += 1
      try {
        return await job(mine.store)
      } finally {
        mine.users -= 1
        mine.last = clock.now()
      }
    },
    close: () => {
      cancel()
      for (const [user, each] of held) letGo(user, each)
    },
  }
}
