// The relay rule, all of it: who may hand in mail for whom. Nothing else in the server decides this.
//
//  - Mail for our own domains: known recipients only, from anybody (550 5.1.1 otherwise, RFC 5321 section 3.6.2).
//  - Mail for others: from signed-in users and trusted networks only; a stranger gets 554 5.7.1.
//  - A signed-in user writes as themselves: 553 5.7.1 for any other sender. The null sender is theirs too, for
//    receipts (RFC 8098 section 3).
import type { Route } from '../directory/contract'

export interface Client {
  /** Canonical address of the signed-in user. */
  user: string | null
  /** In `trusted_networks`. */
  trusted: boolean
  door: 'transfer' | 'submission' | 'lmtp'
}

export type Verdict = { take: true } | { take: false; code: number; text: string }

const take: Verdict = { take: true }
const refuse = (code: number, text: string): Verdict => ({ take: false, code, text })

export const judgeSender = (
  client: Client,
  sender: string,
  maySendAs: (user: string, address: string) => boolean,
): Verdict => {
  if (client.user === null) {
    return client.door === 'submission' ? refuse(530, '5.7.0 Authentication required') : take
  }
  if (sender === '' || maySendAs(client.user, sender)) return take
  return refuse(553, `5.7.1 <${sender}>: Sender address rejected: not owned by user ${client.user}`)
}

export const judgeRecipient = (client: Client, recipient: string, route: Route): Verdict => {
  if (route.kind === 'local' || route.kind === 'alias') return take
  if (route.kind === 'unknown-user') {
    return refuse(
      550,
      `5.1.1 <${recipient}>: Recipient address rejected: User unknown in local recipient table`,
    )
  }
  const known = client.user !== null || client.trusted
  return known && client.door !== 'lmtp' ? take : refuse(554, `5.7.1 <${recipient}>: Relay access denied`)
}
