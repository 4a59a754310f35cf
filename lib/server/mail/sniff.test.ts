import { expect, it } from 'vitest'
import { reallyOf } from './sniff'

const bytes = (text: string) => Buffer.from(text, 'latin1')

it.each([
  ['invoice.pdf', 'application/pdf', 'MZ\x90\0', 'program'],
  ['photo.jpg', 'image/jpeg', '\x7fELF\x02', 'program'],
  ['report.docx', 'application/msword', '#!/bin/sh\n', 'program'],
  ['statement.pdf', 'application/pdf', '\r\n<!DOCTYPE html><script>', 'page'],
  ['scan.png', 'image/png', '%PDF-1.7', 'pdf'],
  ['photo.png', 'image/png', 'PK\x03\x04', 'archive'],
  ['terms.pdf', 'application/pdf', '\xef\xbb\xbf<html>', 'page'],
])('%s, %s, is a %s', (name, type, start, really) => expect(reallyOf(name, type, bytes(start))).toBe(really))

it.each([
  ['invoice.pdf', 'application/octet-stream', '%PDF-1.4'],
  ['late.pdf', 'application/pdf', '\0\0junk %PDF-1.4'],
  ['plan.docx', '', 'PK\x03\x04'],
  ['levels.xls', '', '\xd0\xcf\x11\xe0'],
  ['setup.exe', '', 'MZ'],
  ['run.sh', 'text/x-sh', '#!/bin/sh'],
  ['logo.svg', 'image/svg+xml', '<svg xmlns'],
  ['a.png', 'image/png', '\x89PNG'],
  ['notes.txt', 'text/plain', 'MIND the gap'],
  ['page.html', 'text/html', '<!doctype html>'],
  ['thing', '', ''],
])('%s, %s, is what it says', (name, type, start) => expect(reallyOf(name, type, bytes(start))).toBeNull())
