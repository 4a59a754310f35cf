// Many people at one web process, each with a tab open. Invariant: whoever is refused is told when to come again, and comes
// again then; any other refusal is a failure.
import { setTimeout as pass } from 'node:timers/promises'
import type { MailSystem, TestUser } from './contract'
import { hearEvents, type HeardEvents } from './event-stream'
import { DOMAIN } from './users'
import { type Answer, type Visitor, visitorOf } from './visitor'

/** `npm run test:long -- crowd` asks for more, and for the other server. */
export const wished = {
  people: Number(process.env.POSTHORN_CROWD ?? 12),
  on: (process.env.POSTHORN_CROWD_ON ?? 'posthorn') as MailSystem['kind'],
  /** Whether it is waited until nobody is left of them: minutes. */
  end: process.env.POSTHORN_CROWD ? 'awaited' : 'not awaited',
} as const

export const crowdOf = (people: number): TestUser[] =>
  Array.from({ length: people }, (_, n) => ({ address: `crowd${n}@${DOMAIN}`, password: 'crowd-secret' }))

/** What lies in the inbox of each. */
export const lettersEach = process.env.POSTHORN_CROWD ? 30 : 10

const opens = 3

export interface Crowd {
  /** Refusals with a time, by what was asked. */
  refused: Map<string, number>
  /** What should not have been, a line each. */
  failures: string[]
  seconds: { signedIn: number; read: number }
  /** Each closes the tab, and stays signed in. */
  leave(): void
  signOut(): Promise<void>
}

interface Person {
  visitor: Visitor
  user: TestUser
  /** Half of them have an address of their own, the others are one office. */
  from: string
  events: HeardEvents | null
}

type Asking = (what: string, ask: () => Promise<Answer>) => Promise<Answer>

const patient =
  ({ refused, failures }: Pick<Crowd, 'refused' | 'failures'>): Asking =>
  async (what, ask) => {
    for (;;) {
      const answer = await ask()
      const seconds = Number(answer.headers.get('retry-after'))
      if (answer.status !== 429 || !(seconds > 0)) {
        if (answer.status !== 200) failures.push(`${what}: ${answer.status} ${answer.text.slice(0, 200)}`)
        return answer
      }
      refused.set(what, (refused.get(what) ?? 0) + 1)
      await pass(seconds * 1000)
    }
  }

const inbox = '/accounts/0/mailboxes/inbox/messages'

const read = async ({ visitor }: Person, ask: Asking): Promise<void> => {
  const get = (what: string, path: string) => ask(what, () => visitor.call('GET', path))
  await get('folders', '/accounts/0/mailboxes')
  const listed = await get('list', `${inbox}?offset=0&limit=60`)
  if (listed.status !== 200) return
  const { rows } = listed.body<{ rows: { id: string }[] }>()
  for (const { id } of rows.slice(0, opens)) {
    await get('message', `${inbox}/${id}`)
    await get('frame', `${inbox}/${id}/frame?images=blocked&theme=light`)
  }
  await get('list', `${inbox}?offset=0&limit=60`)
}

/** They all come at once, sign in, open the stream of events, and then all read at once. */
export const gather = async (web: { url: string }, users: readonly TestUser[]): Promise<Crowd> => {
  const crowd = { refused: new Map<string, number>(), failures: [] as string[] }
  const ask = patient(crowd)
  const people = users.map((user, n): Person => {
    const from = n % 2 ? '10.9.255.1' : `10.9.${n >> 8}.${n & 255}`
    return { visitor: visitorOf(web), user, from, events: null }
  })
  const timed = async (work: (person: Person) => Promise<unknown>): Promise<number> => {
    const began = performance.now()
    await Promise.all(people.map(work))
    return Math.round((performance.now() - began) / 100) / 10
  }
  const signedIn = await timed(async (person) => {
    const { visitor, user, from } = person
    const { status } = await ask('sign-in', () => visitor.signIn(user, { 'x-forwarded-for': from }))
    if (status === 200) person.events = await hearEvents(web, visitor)
  })
  const readIn = await timed((person) => read(person, ask))
  return {
    ...crowd,
    seconds: { signedIn, read: readIn },
    leave: () => people.forEach(({ events }) => events?.leave()),
    signOut: async () => {
      await timed(({ visitor }) => ask('sign-out', () => visitor.call('DELETE', '/session')))
    },
  }
}
