import { describe, expect, it } from 'vitest'
import { signal } from '@/lib/client/signal'
import { isQuoted, type AttachedFile } from './files/files'
import { filesThatLeave } from './letter'

const file = (key: string, more: Partial<AttachedFile> = {}): AttachedFile => ({
  key,
  name: key,
  type: 'image/png',
  size: 1,
  state: { is: 'waiting' },
  origin: 'own',
  ...more,
})
const list = signal<readonly AttachedFile[]>([
  file('beside'),
  file('own', { cid: 'own@inline' }),
  file('quoted', { cid: 'quoted@inline', origin: 'quote' }),
  file('put beside', { origin: 'quote' }),
])
const leaving = (html: string) => filesThatLeave({ list }, html).map(({ key }) => key)

describe('what goes along with a letter', () => {
  it('in rich text: what lies beside it, and the pictures that stand in it', () => {
    expect(leaving('<p>words</p>')).toEqual(['beside', 'put beside'])
    expect(leaving('<img src="cid:quoted@inline">')).toEqual(['beside', 'quoted', 'put beside'])
  })
  it('in plain text: one’s own pictures too, reopened or not, and none of the quote', () => {
    expect(leaving('')).toEqual(['beside', 'own', 'put beside'])
  })
  it('is promised by nobody where only the quote has it', () => {
    expect(list.get().filter(isQuoted)).toHaveLength(1)
  })
})
