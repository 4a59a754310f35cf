import { expect, it } from 'vitest'
import { withPictures } from './selection'

it('the pictures of a selection come along by the names they have there, and no others', () => {
  const picture = (part: string) => ({ part, cid: `${part}@mail`, name: 'p', type: 'image/png', size: 1 })
  const whole = { html: 'all', text: 'all', pictures: [picture('2'), picture('3')] }
  const html = '<p>Look: <img src="cid:b@inline" alt="B"> <img src="cid:c@inline"></p>'
  const parts = new Map([
    ['b@inline', '3'],
    // More than a letter takes along, or none of its parts.
    ['c@inline', '9'],
  ])
  expect(withPictures({ html, text: 'Look', parts }, whole)).toEqual({
    html: '<p>Look: <img src="cid:b@inline" alt="B"> <img ></p>',
    text: 'Look',
    pictures: [{ ...picture('3'), cid: 'b@inline' }],
  })
})
