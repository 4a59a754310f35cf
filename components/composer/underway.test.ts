import { expect, it } from 'vitest'
import { signal } from '@/lib/client/signal'
import type { AttachedFile, FileState } from './files/files'
import type { LetterState } from './letter'
import { underwayOf } from './underway'

const file = (is: FileState['is']): AttachedFile =>
  ({ key: 'one', name: 'one', type: '', size: 1, origin: 'own', state: { is } }) as AttachedFile

const letter = (sending: LetterState['sending'], ...files: AttachedFile[]) => {
  const state = signal({ sending })
  const list = signal<readonly AttachedFile[]>(files)
  const underway = underwayOf({ state, list, leaving: list.get, hasChanged: () => true })
  return { underway, sending: (now: LetterState['sending']) => state.set({ sending: now }), list }
}

it('a Send that waits is underway until its letter is done with, through all that it waits for', async () => {
  const { underway, sending } = letter('quote')
  let end = 'not yet'
  const settled = underway.settled().then((how) => (end = how))
  // As `send` does: what it waited for is there, and it goes on.
  sending('no')
  sending('files')
  await Promise.resolve()
  sending('no')
  sending('sending')
  await Promise.resolve()
  expect([underway.is(), end]).toEqual([true, 'not yet'])
  underway.done()
  expect(await settled).toBe('settled')
})

it('one that was refused, or a file that could not be had, stays', async () => {
  const refused = letter('sending')
  const told = refused.underway.settled()
  refused.sending('no')
  expect(await told).toBe('stays')

  const { underway, list } = letter('no', file('uploading'))
  const failed = underway.settled()
  list.set([file('failed')])
  expect(await failed).toBe('stays')
})

it('files are underway until they are up, and what came along by itself never', async () => {
  const { underway, list } = letter('no', file('waiting'))
  expect(underway.is()).toBe(true)
  const settled = underway.settled()
  list.set([file('uploading')])
  list.set([file('ready')])
  expect(await settled).toBe('settled')
  expect(underway.is()).toBe(false)
  expect(await underway.settled()).toBe('settled')

  const untouched = { leaving: list.get, hasChanged: () => false }
  const coming = signal<readonly AttachedFile[]>([file('waiting')])
  expect(underwayOf({ state: signal({ sending: 'no' }), list: coming, ...untouched }).is()).toBe(false)
})
