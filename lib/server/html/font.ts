import 'server-only'

// The interface's own font for the words of a message (docs/decisions/031-font-in-the-frame.md).

/**
 * From `{base}/api/accounts/…/mailboxes/…/messages/…/frame` to `{base}/fonts`: relative, because the prefix is
 * chosen at start.
 */
const place = '../'.repeat(7) + 'fonts'

/** Ranges as the font's own style sheet gives them. */
const subsets = {
  cyrillic: 'U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116',
  greek: 'U+0370-0377,U+037A-037F,U+0384-038A,U+038C,U+038E-03A1,U+03A3-03FF',
  vietnamese:
    'U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB',
  'latin-ext':
    'U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF',
  latin:
    'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD',
}

export const fontFamily = "'Inter Variable','Inter Fallback',system-ui,sans-serif"

/** Arial stretched to Inter's metrics stands in until then, as on the pages: nothing moves. */
const fallback =
  "@font-face{font-family:'Inter Fallback';src:local('Arial'),local('Liberation Sans'),local('Helvetica');ascent-override:90.44%;descent-override:22.52%;line-gap-override:0%;size-adjust:107.12%}"

export const fontFaces = [
  ...Object.entries(subsets).map(
    ([name, range]) =>
      `@font-face{font-family:'Inter Variable';font-display:fallback;font-weight:100 900;src:url(${place}/inter-${name}.woff2) format('woff2');unicode-range:${range}}`,
  ),
  fallback,
].join('\n')
