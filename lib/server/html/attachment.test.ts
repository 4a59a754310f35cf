// How foreign bytes leave: as a file, unless a browser decodes them as a picture and nothing else.
import { describe, expect, it } from 'vitest'
import { safeFileName } from '../mail/shown'
import { distinctNames } from '../mail/zip'
import { attachmentHeaders, imageHeaders, sourceHeaders, zipHeaders } from './attachment'
import { rasterTypes } from './allowed'

const locked = "sandbox; default-src 'none'; frame-ancestors 'self'"
const pictures = [...rasterTypes]
const dangerous = [
  'text/html',
  'text/html; charset=utf-8',
  'application/xhtml+xml',
  'image/svg+xml',
  'text/xml',
  'application/xml',
  'application/pdf',
  'text/plain',
  'text/javascript',
  'application/javascript',
  'text/css',
  'text/calendar',
  'message/rfc822',
  'multipart/x-mixed-replace',
  'application/x-shockwave-flash',
  'application/java-archive',
  'application/octet-stream',
  'audio/mpeg',
  'video/mp4',
  'image/png\r\nX-Evil: 1',
  'IMAGE/SVG+XML',
  '',
]

describe('the headers of a part', () => {
  it.each(dangerous)('%j is a file to keep, whatever it is called', (type) => {
    for (const name of ['a.png', 'a.html', 'a.pdf', 'a.svg', '']) {
      const headers = attachmentHeaders({ name, type })
      expect(headers['content-disposition']).toMatch(/^attachment; /)
      expect(headers['content-type']).toBe('application/octet-stream')
    }
  })

  it.each(pictures)('%s is a picture in its place', (type) => {
    const headers = attachmentHeaders({ name: 'a.html', type })
    expect(headers['content-type']).toBe(type)
    expect(headers['content-disposition']).toMatch(/^inline; /)
  })

  it.each([...dangerous, ...pictures])('%j never runs, is never guessed at, and tells nobody', (type) => {
    for (const wish of ['keep', 'look'] as const)
      for (const headers of [
        attachmentHeaders({ name: 'a', type, wish }),
        sourceHeaders,
        zipHeaders('a'),
        imageHeaders('image/png'),
      ]) {
        expect(headers['x-content-type-options']).toBe('nosniff')
        expect(headers['referrer-policy']).toBe('no-referrer')
        expect(headers['cross-origin-resource-policy']).toBe('same-origin')
        // The one that a viewer could not run in has a policy of its own, and nosniff gives it to nobody else.
        if (headers['content-type'] === 'application/pdf')
          expect(headers['content-security-policy']).toMatch(/^default-src 'none'; .*frame-ancestors 'none'$/)
        else expect(headers['content-security-policy']).toBe(locked)
      }
  })

  it('what is looked at is of a closed list: sound, film, PDF', () => {
    const shown = (name: string, type: string) =>
      attachmentHeaders({ name, type, wish: 'look' })['content-type']
    expect(shown('a.pdf', 'application/octet-stream')).toBe('application/pdf')
    expect(shown('a.mp3', 'text/html')).toBe('audio/mpeg')
    expect(shown('a.mp4', 'video/mp4')).toBe('video/mp4')
    for (const [name, type] of [
      ['a.html', 'text/html'],
      ['a.svg', 'image/svg+xml'],
      ['a.xml', 'text/xml'],
      ['a.js', 'text/javascript'],
      ['a.txt', 'text/plain'],
    ] as const)
      expect(shown(name, type)).toBe('application/octet-stream')
  })

  it('the source of a message is text, and nothing else', () => {
    expect(sourceHeaders['content-type']).toBe('text/plain; charset=utf-8')
  })
})

const names = [
  '../../etc/passwd',
  '..\\..\\windows\\system32\\evil.dll',
  '/etc/passwd',
  'C:\\evil.exe',
  'a\r\nSet-Cookie: x=1',
  'a"; filename="b.html',
  "a'; filename*=UTF-8''b.html",
  'a\0.html',
  'gnp.\u202eexe.jpg',
  '\u2066a\u2069',
  '.htaccess',
  '...',
  '   ',
  '会議の資料.pdf',
  '%2e%2e%2fpasswd',
  '\ud800.txt',
  'x'.repeat(5000),
  'a:b|c?d*e<f>g',
]

describe('the names of files', () => {
  it.each(names)('%j can be saved anywhere', (name) => {
    const clean = safeFileName(name, 'text/plain')
    expect(clean).not.toMatch(/[\\/:*?"<>|\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/)
    expect(clean).not.toMatch(/^[.\s]|[.\s]$|^$/)
    expect(clean.length).toBeLessThanOrEqual(200)
  })

  it.each(names)('%j stays inside its header', (name) => {
    // As it is, uncleaned: the header does not count on who made the name.
    for (const headers of [attachmentHeaders({ name, type: 'text/html' }), zipHeaders(name)]) {
      const line = headers['content-disposition'] ?? ''
      expect(line).toMatch(/^attachment; filename="[^"\\\r\n]*"; filename\*=UTF-8''[A-Za-z0-9%._~!-]*$/)
      expect(line).not.toMatch(/[^\x20-\x7e]/)
      expect(new Headers({ 'content-disposition': line }).get('content-disposition')).toBe(line)
    }
  })

  it('a zip holds each under a name of its own', () => {
    const cleaned = distinctNames([...names, ...names].map((name) => safeFileName(name, 'text/plain')))
    expect(new Set(cleaned.map((name) => name.toLowerCase())).size).toBe(names.length * 2)
    for (const name of cleaned) expect(name).not.toMatch(/[\\/]|^\.\.?$/)
  })
})
