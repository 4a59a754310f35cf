import { ownLocale } from '@/lib/client/clock'
import { filled, type Variables } from '@/lib/client/snippets'
import type { Snippet } from '@/lib/model/identity'
import type { Letter } from './letter'

const variablesOf = ({ state }: Letter): Variables => {
  const { to, from } = state.get()
  const name = to[0]?.name ?? ''
  return {
    name,
    'first name': name.includes(',') ? (name.split(',')[1] ?? '').trim() : (name.split(' ')[0] ?? ''),
    'my name': from.name,
    date: new Date().toLocaleDateString(ownLocale(), { dateStyle: 'long' }),
  }
}

/** The text for this letter; its subject too, where the letter has none. */
export function templateText(letter: Letter, { html, subject }: Snippet): string {
  const variables = variablesOf(letter)
  if (subject && letter.state.get().subject.trim() === '')
    letter.change({ subject: filled(subject, variables, 'text') })
  return filled(html, variables)
}

export const insertTemplate = (letter: Letter, snippet: Snippet): void =>
  letter.editor()?.insert(templateText(letter, snippet))
