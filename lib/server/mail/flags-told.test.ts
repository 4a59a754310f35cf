import { describe, expect, it } from 'vitest'
import { flagsTold } from './flags-told'
import { atom, type Untagged } from './wire'

const fetched = (uid: number | null, ...flags: string[]): Untagged => ({
  name: 'FETCH',
  number: 1,
  tokens: [[...(uid ? [atom('UID'), atom(uid)] : []), atom('FLAGS'), flags.map((flag) => atom(flag))]],
})

describe('the flags that a connection was told', () => {
  it('are the latest ones, and none of what left', () => {
    const told = flagsTold()
    told.note(fetched(7, '\\Seen'))
    told.note(fetched(7, '\\Seen', '\\Flagged'))
    told.note(fetched(8))
    expect(told.of(7)).toEqual(['\\Seen', '\\Flagged'])
    expect(told.of(8)).toEqual([])
    told.forget([7])
    expect(told.of(7)).toBeNull()
  })

  it('are all forgotten when a change names no UID: it may be of any', () => {
    const told = flagsTold()
    told.note(fetched(7, '\\Seen'))
    told.note(fetched(null, '\\Flagged'))
    expect(told.of(7)).toBeNull()
  })

  it('are asked for again after ten seconds, whatever was heard', () => {
    let now = 0
    const told = flagsTold(() => now)
    told.note(fetched(7, '\\Seen'))
    now = 9_999
    expect(told.of(7)).toEqual(['\\Seen'])
    now = 10_000
    expect(told.of(7)).toBeNull()
  })

  it('are kept of two thousand messages, those that were told last', () => {
    const told = flagsTold()
    for (let uid = 1; uid <= 2001; uid++) told.note(fetched(uid))
    expect(told.of(1)).toBeNull()
    expect(told.of(2001)).toEqual([])
  })
})
