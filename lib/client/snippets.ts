import type { Snippet } from '@/lib/model/identity'
import { call } from './api'
import { signal } from './signal'

// Texts that are written often, known by a name and a shortcut.

export const snippets = signal<readonly Snippet[] | null>(null)

let asking: Promise<void> | null = null

export const loadSnippets = (): Promise<void> => {
  if (snippets.get()) return Promise.resolve()
  asking ??= call('listSnippets', {})
    .then(
      (answer) => snippets.set(answer.snippets),
      () => undefined,
    )
    .finally(() => (asking = null))
  return asking
}

export const saveSnippets = async (list: Snippet[]): Promise<void> => {
  const answer = await call('writeSnippets', { snippets: list })
  snippets.set(answer.snippets)
}

export const snippetFor = (shortcut: string): Snippet | null =>
  snippets
    .get()
    ?.find((one) => one.shortcut !== '' && one.shortcut.toLowerCase() === shortcut.toLowerCase()) ?? null

export type Variables = Record<'first name' | 'name' | 'my name' | 'date', string>

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** `{first name}` and the like; what is no variable, or has no value here, stays as it was written. */
export const filled = (html: string, variables: Variables, kind: 'html' | 'text' = 'html'): string =>
  html.replace(/\{(first name|name|my name|date)\}/g, (whole, name: keyof Variables) => {
    const value = variables[name]
    return value === '' ? whole : kind === 'html' ? escape(value) : value
  })
