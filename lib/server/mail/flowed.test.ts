import { describe, expect, it } from 'vitest'
import { flowed } from './flowed'

const long = 'The garden is dry by four, so bring the chairs and the old table that stands behind the shed.'

describe('format=flowed (RFC 3676)', () => {
  it('leaves short lines as they are', () => {
    expect(flowed('Hello Bob,\n\nat four?\r\nAlice')).toBe('Hello Bob,\n\nat four?\nAlice')
  })

  it('cuts a long line behind spaces, none longer than 78, and joins to the same', () => {
    const lines = flowed(long.repeat(20)).split('\n')
    expect(lines.length).toBeGreaterThan(20)
    expect(lines.every((line) => line.length <= 78)).toBe(true)
    expect(lines.slice(0, -1).every((line) => line.endsWith(' '))).toBe(true)
    expect(lines.join('')).toBe(long.repeat(20))
  })

  it('takes trailing spaces away, for they would join the next line', () => {
    expect(flowed('one  \ntwo ')).toBe('one\ntwo')
  })

  it('keeps the separator of a signature, quoted too', () => {
    expect(flowed('hi\n-- \nAlice')).toBe('hi\n-- \nAlice')
    expect(flowed('> -- \n> Bob')).toBe('> -- \n> Bob')
  })

  it('never makes a separator by cutting', () => {
    const word = 'x'.repeat(90)
    expect(flowed(`-- ${word}`)).toBe(`-- ${word}`)
  })

  it('stuffs what could be misread', () => {
    expect(flowed('  indented\nFrom here on\n  ')).toBe('   indented\n From here on\n')
  })

  it('flows quotes within their level', () => {
    const lines = flowed(`> ${long}\n>> ${long}\n>\nmine`).split('\n')
    expect(lines.every((line) => line.length <= 78)).toBe(true)
    expect(lines.map((line) => /^>*/.exec(line)?.[0].length)).toEqual([1, 1, 2, 2, 1, 0])
    expect(lines[0]?.endsWith(' ')).toBe(true)
    expect(lines[4]).toBe('>')
  })

  it('keeps a word that is longer than a line whole', () => {
    const url = `https://example.org/${'a'.repeat(120)}`
    expect(flowed(`see ${url} there`)).toBe(`see \n${url} \nthere`)
  })

  it('takes a megabyte of quote marks and of words in a moment', () => {
    const started = process.cpuUsage()
    expect(flowed('>'.repeat(1_000_000) + 'a '.repeat(100_000)).length).toBeLessThan(1_500_000)
    flowed('word '.repeat(200_000))
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(2000)
  })
})
