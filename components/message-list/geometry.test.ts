import { describe, expect, it } from 'vitest'
import { geometry, indexAt, offsetOf } from './geometry'

describe('the geometry of the list', () => {
  const shape = geometry(100_000, 80, [
    { index: 0, height: 34 },
    { index: 3, height: 30 },
    { index: 50_000, height: 34 },
  ])

  it('adds what rows carry to everything below them', () => {
    expect(offsetOf(shape, 0)).toBe(0)
    expect(offsetOf(shape, 1)).toBe(114)
    expect(offsetOf(shape, 3)).toBe(274)
    expect(offsetOf(shape, 4)).toBe(384)
    expect(offsetOf(shape, 100_000)).toBe(8_000_098)
  })

  it('finds the row under every offset', () => {
    for (const index of [0, 1, 2, 3, 4, 49_999, 50_000, 50_001, 99_999]) {
      expect(indexAt(shape, offsetOf(shape, index))).toBe(index)
      expect(indexAt(shape, offsetOf(shape, index + 1) - 1)).toBe(index)
    }
  })

  it('holds for an empty list', () => {
    const empty = geometry(0, 80, [])
    expect(offsetOf(empty, 0)).toBe(0)
    expect(indexAt(empty, 500)).toBe(0)
  })
})
