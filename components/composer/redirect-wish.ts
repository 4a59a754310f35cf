import type { App } from '@/lib/client/app'
import type { Address } from '@/lib/model/address'

let wanted: Address[] = []

/** The addresses the dialog begins with, once. */
export const takeWanted = (): Address[] => {
  const taken = wanted
  wanted = []
  return taken
}

/** Asks for the addresses, beginning with those of a redirection that was taken back. */
export function askRedirect(app: App, to: Address[]): void {
  wanted = to
  app.ui.set((ui) => ({ ...ui, overlay: 'redirect' }))
}
