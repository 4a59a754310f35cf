import { expect, it } from 'vitest'
import { forwardSubject, replySubject } from './subject'

it.each([
  ['Hello', 'Re: Hello'],
  ['Re: Hello', 'Re: Hello'],
  ['RE: re: Re: Hello', 'Re: Hello'],
  ['AW: SV: Hello', 'Re: Hello'],
  ['Re[2]: Hello', 'Re: Hello'],
  ['回复：你好', 'Re: 你好'],
  ['Fwd: Hello', 'Re: Fwd: Hello'],
  ['Re: Fwd: Hello', 'Re: Fwd: Hello'],
  ['Regarding: Hello', 'Re: Regarding: Hello'],
  ['Hello\r\nBcc: x', 'Re: Hello Bcc: x'],
  ['', 'Re:'],
])('reply to %j', (subject, expected) => expect(replySubject(subject)).toBe(expected))

it.each([
  ['Hello', 'Fwd: Hello'],
  ['Fwd: FW: WG: Hello', 'Fwd: Hello'],
  ['Re: Hello', 'Fwd: Re: Hello'],
  ['Information: x', 'Fwd: Information: x'],
])('forward of %j', (subject, expected) => expect(forwardSubject(subject)).toBe(expected))
