import { expect, it } from 'vitest'
import { kindOf, tileText } from './file-kind'

it.each([
  ['a.pdf', 'application/octet-stream', 'pdf', 'PDF'],
  ['levels.xlsx', '', 'sheet', 'XLS'],
  ['plan', 'image/png', 'image', ''],
  ['movie.mp4', 'video/mp4', 'video', 'MP4'],
  ['invoice.pdf.exe', 'application/pdf', 'program', 'EXE'],
  ['noname', 'application/x-thing', 'other', ''],
  ['fwd.eml', 'message/rfc822', 'mail', 'EML'],
  ['', 'text/calendar; method=REQUEST', 'calendar', ''],
])('%j %j is a %s', (name, type, kind, tile) => {
  expect([kindOf(name, type), tileText(name, kindOf(name, type))]).toEqual([kind, tile])
})
