import 'server-only'
import type { Identity, Snippet } from '@/lib/model/identity'
import * as kept from '../user/writing'

export const listIdentities = async (owner: string): Promise<{ identities: Identity[] }> => ({
  identities: await kept.readIdentities(owner),
})

export const writeIdentities = async (
  owner: string,
  identities: Identity[],
): Promise<{ identities: Identity[] }> => {
  await kept.writeIdentities(owner, identities)
  return { identities }
}

export const listSnippets = async (owner: string): Promise<{ snippets: Snippet[] }> => ({
  snippets: await kept.readSnippets(owner),
})

export const writeSnippets = async (owner: string, snippets: Snippet[]): Promise<{ snippets: Snippet[] }> => {
  await kept.writeSnippets(owner, snippets)
  return { snippets }
}
