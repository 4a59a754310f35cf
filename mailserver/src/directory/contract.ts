// Who exists and who may sign in. The doors ask `authenticate`, SMTP and the delivery ask `route`.

export interface User {
  /** Canonical address in lower case: also the name of the user's folder in the store. */
  address: string
  name: string
  disabled: boolean
}

export type SignIn = { ok: true; user: User } | { ok: false; reason: 'refused' | 'slow-down' | 'disabled' }

export type Route =
  | { kind: 'local'; user: string; /** plus-address detail, or null */ detail: string | null }
  | { kind: 'alias'; to: string[] }
  | { kind: 'unknown-user' }
  | { kind: 'foreign' }

export interface Directory {
  authenticate(login: string, password: string, peer: string): Promise<SignIn>
  route(address: string): Route
  /** May this signed-in user write as `address` (own address, plus-address, alias to them)? */
  maySendAs(user: string, address: string): boolean
  user(address: string): User | null
  users(): User[]
  domains(): string[]
  addUser(address: string, password: string, name?: string): Promise<void>
  setPassword(address: string, password: string): Promise<void>
  removeUser(address: string): void
}
