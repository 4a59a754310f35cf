import { describe, expect, it } from 'vitest'
import { defaultPreferences } from '@/lib/model/preferences'
import { actionOf, beginsAtEdge, intentOf, isFar } from './swipe'

describe('a finger over a row', () => {
  it('opens while it rests, scrolls when it goes down, swipes when it goes along', () => {
    expect(intentOf({ dx: 3, dy: -4 })).toBe('open')
    expect(intentOf({ dx: 4, dy: 30 })).toBe('scroll')
    expect(intentOf({ dx: -30, dy: 8 })).toBe('swipe')
    // Along a slope the list scrolls: that is what is done a hundred times a day.
    expect(intentOf({ dx: 20, dy: 18 })).toBe('scroll')
  })

  it('acts only when it went far, and leaves the edges to the browser', () => {
    expect([isFar(-116, 390), isFar(118, 390)]).toEqual([false, true])
    expect([beginsAtEdge(5, 390), beginsAtEdge(200, 390), beginsAtEdge(385, 390)]).toEqual([
      true,
      false,
      true,
    ])
  })

  it('archives to the left and deletes to the right, unless chosen otherwise', () => {
    expect(actionOf(defaultPreferences, 'left', 'inbox')).toBe('archive')
    expect(actionOf(defaultPreferences, 'right', 'inbox')).toBe('delete')
    expect(actionOf({ ...defaultPreferences, swipeRight: 'read' }, 'right', 'inbox')).toBe('read')
  })

  it('does nothing that cannot be taken back, or that changes nothing', () => {
    for (const folder of ['trash', 'junk', 'drafts'])
      expect(actionOf(defaultPreferences, 'right', folder)).toBe('none')
    expect(actionOf(defaultPreferences, 'left', 'archive')).toBe('none')
    expect(actionOf(defaultPreferences, 'left', 'trash')).toBe('archive')
  })
})
