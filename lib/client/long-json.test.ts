import { expect, it } from 'vitest'
import { longText } from './kept-text'
import { createLongJson } from './long-json'

const text = async (body: string | Blob) => (typeof body === 'string' ? body : body.text())

it('says what JSON.stringify would have said, wherever the text was changed', async () => {
  const write = createLongJson()
  const history = 'On “Monday”, \\Person wrote: 😀 \u0000\u2028 <b>"this"</b>\n'.repeat(1500)
  const short = { subject: 'Re: "it" 😀', to: [{ name: '', address: 'a@b' }], draft: null, at: undefined }
  const places = [0, 1, 4095, 4096, 4097, 40_000, history.length - 1, history.length]
  const wrong: unknown[] = []
  for (const at of places)
    for (const words of ['', 'a', 'Dear "Bob" 😀', '\uD83D', 'x'.repeat(longText + 1)])
      for (const gone of [0, 1, 5000]) {
        const html = history.slice(0, at) + words + history.slice(at + gone)
        const fields = { account: 0, draft: { ...short, html, text: `> ${html}` } }
        const said = JSON.parse(await text(write(fields))) as unknown
        // A difference in a text of this length is no line of a report.
        if (JSON.stringify(said) !== JSON.stringify(fields)) wrong.push([at, words.slice(0, 20), gone])
      }
  expect(wrong).toEqual([])
})

it('is a plain text where nothing is long', () => {
  const fields = { draft: { html: '<p>Hello</p>', text: 'Hello' } }
  expect(createLongJson()(fields)).toBe(JSON.stringify(fields))
})

it('writes no more of a long text than what is new', async () => {
  const write = createLongJson()
  const html = 'A long history. '.repeat(10_000)
  write({ html })
  const { stringify } = JSON
  let written = 0
  JSON.stringify = ((value: unknown, ...rest: []) => {
    const made = stringify(value, ...rest)
    written += made?.length ?? 0
    return made
  }) as typeof stringify
  try {
    const body = write({ html: `Dear Bob${html}` })
    expect(written).toBeLessThan(10_000)
    JSON.stringify = stringify
    expect(JSON.parse(await text(body)).html === `Dear Bob${html}`).toBe(true)
  } finally {
    JSON.stringify = stringify
  }
})
