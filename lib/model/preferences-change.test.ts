import { expect, test } from 'vitest'
import { defaultPreferences, preferences } from './preferences'
import { changeFrom, mostFolders, withChange } from './preferences-change'
import { usualView } from './view'

const bySize = { ...usualView, sort: 'size' } as const
const unread = { ...usualView, filter: 'unread' } as const

test('two devices that know different lists keep what each chose', () => {
  const both = { ...defaultPreferences, views: { inbox: bySize }, collapsed: ['~cA'] }
  const laptop = changeFrom(both, { views: { inbox: bySize, sent: unread }, collapsed: ['~cA', '~cQ'] })
  const phone = changeFrom(both, { views: {}, collapsed: [] })
  expect(laptop).toEqual({ views: { sent: unread }, collapsed: { '~cQ': 'folded' } })
  expect(phone).toEqual({ views: { inbox: null }, collapsed: { '~cA': 'open' } })
  for (const order of [
    [laptop, phone],
    [phone, laptop],
  ])
    expect(order.reduce(withChange, both)).toMatchObject({ views: { sent: unread }, collapsed: ['~cQ'] })
})

test('what a change does not name stays', () => {
  const now = { ...defaultPreferences, theme: 'dark', views: { inbox: bySize }, collapsed: ['~cA'] } as const
  expect(withChange({ ...now, collapsed: [...now.collapsed] }, { sound: true })).toEqual({
    ...now,
    sound: true,
  })
})

test('so many folders are remembered that what is kept can be read again, those chosen last', () => {
  let now = defaultPreferences
  for (let n = 0; n < mostFolders + 2; n++) {
    const id = `~f${n}`
    now = withChange(now, { views: { [id]: bySize }, collapsed: { [id]: 'folded' } })
  }
  expect(now.collapsed).toHaveLength(mostFolders)
  expect(now.collapsed.at(-1)).toBe(`~f${mostFolders + 1}`)
  expect(Object.keys(now.views)).toEqual(now.collapsed)
  expect(preferences.safeParse(now).success).toBe(true)
})
