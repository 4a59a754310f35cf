import { describe, expect, it } from 'vitest'
import { hexOfColour, readColour } from './colour'
import { darkened } from './dark'
import { sanitise } from './sanitise'

const dark = (html: string) => sanitise(html, { parts: new Map(), proxied: null, theme: 'dark' })

describe('colours', () => {
  it.each(['#ff6600', '#000000', '#ffffff', '#123456', '#0b5fff'])('%s comes back as it went', (hex) => {
    const colour = readColour(hex)
    expect(colour && hexOfColour(colour)).toBe(hex)
  })

  it('reads what senders write', () => {
    for (const text of [
      '#fff',
      'white',
      'rgb(255,255,255)',
      'rgba(255, 255, 255, 1)',
      'hsl(0,0%,100%)',
      '#ffffffff',
    ])
      expect(readColour(text)?.lightness).toBeCloseTo(1, 3)
    for (const text of ['inherit', 'nonsense', '#12', 'rgb(a,b,c)', 'var(--x)', 'constructor', '__proto__'])
      expect(readColour(text)).toBeNull()
  })
})

describe('HTML mail on dark paper', () => {
  it('turns white paper dark and black ink light', () => {
    expect(darkened('#fff', 'paper')?.lightness).toBeLessThan(0.25)
    expect(darkened('#000', 'ink')?.lightness).toBeGreaterThan(0.9)
  })

  it('leaves what was dark already', () => {
    expect(darkened('#222222', 'paper')).toEqual(readColour('#222222'))
  })

  it('keeps ink and paper apart, whatever the pair', () => {
    const greys = Array.from(
      { length: 17 },
      (_, at) =>
        `#${Math.min(255, at * 16)
          .toString(16)
          .padStart(2, '0')
          .repeat(3)}`,
    )
    for (const paper of [...greys, 'red', 'navy', '#ff6600', 'yellow', 'lime'])
      for (const ink of [...greys, 'red', 'blue', 'green'])
        expect(
          (darkened(ink, 'ink')?.lightness ?? 0) - (darkened(paper, 'paper')?.lightness ?? 1),
        ).toBeGreaterThan(0.17)
  })

  it('keeps the hue of a brand', () => {
    const before = readColour('#ff6600')
    expect(darkened('#ff6600', 'paper')?.hue).toBe(before?.hue)
  })

  it('answers the mail’s own question by the app’s theme', () => {
    const css = '@media (prefers-color-scheme: dark){p{color:#eee}}'
    expect(dark(`<style>${css}</style><p style="color:#111">x</p>`).css).toContain('min-width:0px')
    expect(dark(`<style>${css}</style><p style="color:#111">x</p>`).html).toContain('color:#111')
    expect(sanitise(`<style>${css}</style>`, { parts: new Map(), proxied: null }).css).toContain(
      'max-width:0px',
    )
  })

  it('leaves the ink that was chosen for a picture', () => {
    const parts = new Map([['bg@x', 'parts/2']])
    const { html } = sanitise('<td style="background:#fff url(cid:bg@x);color:#000">x</td>', {
      parts,
      proxied: null,
      theme: 'dark',
    })
    expect(html).toContain('color:#000')
  })
})
