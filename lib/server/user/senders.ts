import 'server-only'
import type { RuledSender, SenderRule } from '@/lib/model/contact'
import { addressKey } from './contacts'
import { database } from './db'

// What a person decided about senders, one row for each decision.

const mostRules = 10_000

export const listSenders = async (owner: string): Promise<RuledSender[]> => {
  const rows = await (
    await database()
  )
    .selectFrom('sender_rules')
    .select(['address', 'rule', 'created_at'])
    .where('owner', '=', owner)
    .orderBy('address')
    .limit(mostRules)
    .execute()
  return rows.map(({ address, rule, created_at }) => ({
    address,
    rule: rule === 'blocked' ? 'blocked' : 'images',
    since: new Date(Number(created_at)).toISOString(),
  }))
}

export const rulesFor = async (owner: string, address: string): Promise<ReadonlySet<SenderRule>> => {
  if (!address) return new Set()
  const rows = await (
    await database()
  )
    .selectFrom('sender_rules')
    .select('rule')
    .where('owner', '=', owner)
    .where('address', '=', addressKey(address))
    .execute()
  return new Set(rows.map(({ rule }) => (rule === 'blocked' ? 'blocked' : 'images')))
}

export const keepSender = async (owner: string, address: string, rule: SenderRule): Promise<void> => {
  const db = await database()
  const { count } = await db
    .selectFrom('sender_rules')
    .select((select) => select.fn.countAll().as('count'))
    .where('owner', '=', owner)
    .executeTakeFirstOrThrow()
  if (Number(count) >= mostRules) return
  await db
    .insertInto('sender_rules')
    .values({ owner, address: addressKey(address), rule, created_at: Date.now() })
    .onConflict((conflict) => conflict.columns(['owner', 'rule', 'address']).doNothing())
    .execute()
}

export const dropSender = async (owner: string, address: string, rule: SenderRule): Promise<void> => {
  await (
    await database()
  )
    .deleteFrom('sender_rules')
    .where('owner', '=', owner)
    .where('rule', '=', rule)
    .where('address', '=', addressKey(address))
    .execute()
}
