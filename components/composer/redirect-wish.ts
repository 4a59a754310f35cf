import type { App } from '@/lib/client/app'
import type { MessageAt } from '@/lib/client/cache/state'
import type { Address } from '@/lib/model/address'

interface Wish {
  to: Address[]
  subject: string
  /** The message to redirect, wherever one is meanwhile; null for the one that is open. */
  at: MessageAt | null
}

const nothing: Wish = { to: [], subject: '', at: null }
let wanted = nothing

/** What the dialog begins with, once. */
export const takeWanted = (): Wish => {
  const taken = wanted
  wanted = nothing
  return taken
}

/** Asks for the addresses, beginning with those of a redirection that was taken back. */
export function askRedirect(app: App, wish: Wish): void {
  wanted = wish
  app.ui.set((ui) => ({ ...ui, overlay: 'redirect' }))
}
