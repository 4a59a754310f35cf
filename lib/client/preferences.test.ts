import { expect, test } from 'vitest'
import { defaultPreferences } from '@/lib/model/preferences'
import type { PreferencesChange } from '@/lib/model/preferences-change'
import { preferenceSaver } from './preferences'
import { signal } from './signal'

/** A page, and the server's answers to what it sends, given when the test says so. */
const begin = () => {
  const wishes = signal(defaultPreferences)
  const [sent, told]: [PreferencesChange[], PreferencesChange[]] = [[], []]
  const answers: { yes: () => void; no: () => void }[] = []
  const save = preferenceSaver(wishes, {
    send: (change) => {
      sent.push(change)
      return new Promise<void>((yes, no) => answers.push({ yes, no: () => no(new Error('refused')) }))
    },
    saved: (change) => told.push(change),
  })
  return { wishes, sent, told, answers, save }
}

test('only what was chosen is sent, one after the other, and told when the server has it', async () => {
  const { wishes, sent, told, answers, save } = begin()
  const [first, second] = [save({ images: 'always' }), save({ sound: true })]
  expect(wishes.get()).toMatchObject({ images: 'always', sound: true })
  await Promise.resolve()
  expect([sent, told]).toEqual([[{ images: 'always' }], []])
  answers[0]?.yes()
  await first
  await expect.poll(() => sent).toEqual([{ images: 'always' }, { sound: true }])
  answers[1]?.yes()
  await second
  expect(told).toEqual([{ images: 'always' }, { sound: true }])
})

test('what is refused goes back, unless something else was chosen meanwhile', async () => {
  const { wishes, told, answers, save } = begin()
  const refused = save({ theme: 'dark', density: 'compact' })
  // Another page of this person.
  wishes.set((now) => ({ ...now, density: 'cosy' }))
  await Promise.resolve()
  answers[0]?.no()
  await expect(refused).rejects.toThrow('refused')
  expect(wishes.get()).toEqual({ ...defaultPreferences, density: 'cosy' })
  const next = save({ sound: true })
  await expect.poll(() => answers.length).toBe(2)
  answers[1]?.yes()
  await next
  expect(told).toEqual([{ sound: true }])
})
