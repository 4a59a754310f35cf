import { describe, expect, it } from 'vitest'
import { clashes } from './registry'
import { mailCommands } from './mail'

describe('the commands', () => {
  it('never put two actions on one key in one scope', () => {
    expect(clashes(mailCommands)).toEqual([])
  })

  it('have ids of their own', () => {
    const ids = mailCommands.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})
