import { describe, expect, it } from 'vitest'
import { kindOf } from '@/lib/model/file-kind'
import { domOf } from './dom.testing'
import { readDocument } from './from-html'
import { hexOf, inkOf, markerOf, sizeOf } from './looks'

describe('words of others that every object answers to', () => {
  it.each(['constructor', '__proto__', 'toString', 'valueOf', 'hasOwnProperty'])('%s is no look', (word) => {
    expect([hexOf(word), inkOf(word), markerOf(word), sizeOf(word)]).toEqual(['', '', '', null])
    const doc = readDocument(domOf(`<p><font color="${word}" size="${word}" face="${word}">a</font></p>`))
    expect(doc.toString()).toBe('doc(paragraph("a"))')
    expect(kindOf(`x.${word}`, 'image/png')).toBe('image')
  })
})
