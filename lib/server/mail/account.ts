/** Whose mail: what every function of the mail room is given. It knows nothing of sessions. */
export interface Account {
  /** Names the person everywhere data is kept apart: the address in lower case. */
  key: string
  address: string
  name: string
  credentials: { user: string; password: string }
}
