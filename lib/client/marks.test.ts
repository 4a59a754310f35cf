import { expect, it } from 'vitest'
import { marksAcross, marksIn, type Piece } from './marks'

const marked = (text: string, ...terms: string[]) =>
  marksIn(text, terms).map(({ from, to }) => text.slice(from, to))

it.each([
  ['Tea on Thursday', ['tea', 'DAY'], ['Tea', 'day']],
  ['teapot tea', ['tea', 'teapot'], ['teapot', 'tea']],
  ['Überblick und Grüße', ['uberblick', 'grüße'], ['Überblick', 'Grüße']],
  ['uber Köln', ['über', 'koln'], ['uber', 'Köln']],
  // Decomposed, as files of a Mac are named: the accent belongs to its letter.
  ['Ko\u0308ln und Zoe\u0308', ['köln', 'zoe'], ['Ko\u0308ln', 'Zoe\u0308']],
  ['Köln', ['Ko\u0308ln'], ['Köln']],
  ['مُحَمَّد كتب', ['محمد'], ['مُحَمَّد']],
  ['ΟΔΟΣ', ['οδος'], ['ΟΔΟΣ']],
  // Another letter, not an accented one.
  ['が か', ['か'], ['か']],
  ['か\u3099 が', ['が'], ['か\u3099', 'が']],
  ['한 하', ['하'], ['하']],
  ['会議の件', ['会議'], ['会議']],
  ['İstanbul', ['istanbul'], ['İstanbul']],
  ['a  garden \n chair', ['garden chair'], ['garden \n chair']],
  ['50% (left) [x]', ['50%', '(left)', '[x]'], ['50%', '(left)', '[x]']],
  ['🌱 Grün 🌱', ['🌱', 'grun'], ['🌱', 'Grün', '🌱']],
  ['nothing', ['', ' ', '\u0301'], []],
])('in %j %j are %j', (text, terms, found) => expect(marked(text, ...terms)).toEqual(found))

it('finds a phrase that runs over several pieces, and over the end of a line', () => {
  const pieces: Piece[] = [
    { text: 'The garden ', from: 'apart' },
    { text: 'ch', from: 'joined' },
    { text: '', from: 'joined' },
    { text: 'air is Grün', from: 'joined' },
    { text: 'e Wiese', from: 'apart' },
    { text: 'chair', from: 'joined' },
  ]
  expect(marksAcross(pieces, ['garden chair', 'grun e', 'chair'])).toEqual([
    { from: { piece: 0, at: 4 }, to: { piece: 3, at: 3 } },
    { from: { piece: 3, at: 7 }, to: { piece: 4, at: 1 } },
    { from: { piece: 5, at: 0 }, to: { piece: 5, at: 5 } },
  ])
  expect(marksAcross([], ['tea'])).toEqual([])
})
