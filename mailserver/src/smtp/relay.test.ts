import { expect, test } from 'vitest'
import type { Route } from '../directory/contract'
import { judgeRecipient, judgeSender, type Client } from './relay'

const stranger: Client = { user: null, trusted: false, door: 'transfer' }
const neighbour: Client = { user: null, trusted: true, door: 'transfer' }
const alice: Client = { user: 'alice@posthorn.test', trusted: false, door: 'submission' }
const unsigned: Client = { user: null, trusted: true, door: 'submission' }
const lmtp: Client = { user: null, trusted: true, door: 'lmtp' }

const local: Route = { kind: 'local', user: 'bob@posthorn.test', detail: null }
const alias: Route = { kind: 'alias', to: ['bob@posthorn.test'] }
const unknown: Route = { kind: 'unknown-user' }
const foreign: Route = { kind: 'foreign' }

const answer = (verdict: ReturnType<typeof judgeRecipient>) =>
  verdict.take ? 'ok' : `${verdict.code} ${verdict.text.slice(0, 5)}`

test.each<[string, Client, Route, string]>([
  ['a stranger writes to a user', stranger, local, 'ok'],
  ['a stranger writes to an alias', stranger, alias, 'ok'],
  ['a stranger writes to nobody', stranger, unknown, '550 5.1.1'],
  ['a stranger relays', stranger, foreign, '554 5.7.1'],
  ['a trusted network relays', neighbour, foreign, 'ok'],
  ['a trusted network writes to nobody', neighbour, unknown, '550 5.1.1'],
  ['a signed-in user sends outside', alice, foreign, 'ok'],
  ['a signed-in user writes to nobody', alice, unknown, '550 5.1.1'],
  ['LMTP delivers to a user', lmtp, local, 'ok'],
  ['LMTP never relays', lmtp, foreign, '554 5.7.1'],
])('%s', (_, client, route, expected) => {
  expect(answer(judgeRecipient(client, 'someone@somewhere.test', route))).toBe(expected)
})

test.each<[string, Client, string, string]>([
  ['a stranger says any sender', stranger, 'x@elsewhere.test', 'ok'],
  ['a stranger says the null sender', stranger, '', 'ok'],
  ['alice writes as herself', alice, 'alice@posthorn.test', 'ok'],
  ['alice writes as bob', alice, 'bob@posthorn.test', '553 5.7.1'],
  ['alice writes as a foreigner', alice, 'x@elsewhere.test', '553 5.7.1'],
  ['alice sends a receipt', alice, '', 'ok'],
  ['nobody submits without signing in, trusted or not', unsigned, 'alice@posthorn.test', '530 5.7.0'],
])('%s', (_, client, sender, expected) => {
  expect(answer(judgeSender(client, sender, (user, address) => user === address))).toBe(expected)
})
