// Who exists and who may sign in. The doors ask `authenticate`, SMTP and the delivery ask `route`.
import type { ScramKeys } from '../sasl/scram'

export interface User {
  /** Canonical address in lower case: also the name of the user's folder in the store. */
  address: string
  name: string
  disabled: boolean
}

export type SignIn =
  | { ok: true; user: User }
  | { ok: false; reason: 'refused' | 'slow-down' | 'disabled' | 'unavailable' }

/** One exchange: the keys to hold the client's proof against, and what its outcome means. */
export interface ScramSignIn {
  keys: ScramKeys
  close(outcome: 'right' | 'wrong'): SignIn
}

export type Route =
  | { kind: 'local'; user: string; /** plus-address detail, or null */ detail: string | null }
  | { kind: 'alias'; to: string[] }
  | { kind: 'unknown-user' }
  | { kind: 'foreign' }

export interface Directory {
  authenticate(login: string, password: string, peer: string): Promise<SignIn>
  /** Null where SCRAM is not offered; an unknown name gets keys that nobody has. */
  scram: ((login: string, peer: string) => Promise<ScramSignIn | 'slow-down'>) | null
  /** Null where nobody is named who gives access tokens. */
  token: ((login: string, token: string, peer: string) => Promise<SignIn>) | null
  route(address: string): Route
  /** May this signed-in user write as `address` (own address, plus-address, alias to them, or granted)? */
  maySendAs(user: string, address: string): boolean
  user(address: string): User | null
  users(): User[]
  domains(): string[]
  addUser(address: string, password: string, name?: string): Promise<void>
  setPassword(address: string, password: string): Promise<void>
  removeUser(address: string): void
}
