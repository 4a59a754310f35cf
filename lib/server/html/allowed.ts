import 'server-only'

// What a mail's document may consist of. Everything not named here does not exist in what we write: that is
// the first of the three walls (DESIGN.md decision 4), and these tables are the whole of it.

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

export const elements = words(`
  a abbr acronym address area article aside b bdi bdo big blockquote br caption center cite code col colgroup
  dd del details dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd
  label legend li main map mark menu nav ol p pre q rp rt ruby s samp section small span strike strong sub
  summary sup table tbody td tfoot th thead time tr tt u ul var wbr`)

export const voidElements = words('area br col hr img wbr')

/** Dropped with all they hold; any other stranger loses its tags and keeps its words. */
export const droppedWhole = words(`
  script style title noscript template object embed applet iframe frame frameset noframes svg math audio video
  canvas select textarea datalist xmp plaintext noembed portal fencedframe`)

/** Kept as a plain box, because layouts hang on them. */
export const renamed: Readonly<Record<string, string>> = {
  form: 'div',
  fieldset: 'div',
  body: 'div',
  button: 'span',
}

const paragraph = words('p')
const heading = words('h1 h2 h3 h4 h5 h6 p')
const ended = (by: string, open: ReadonlySet<string>): [string, ReadonlySet<string>][] =>
  by.split(/\s+/).map((name) => [name, open])

/** What an element ends when it begins (WHATWG HTML section 13.1.2.4), so that what is written nests as read. */
export const ends: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...ended('h1 h2 h3 h4 h5 h6', heading),
  ...ended(
    'address article aside blockquote details div dl figcaption figure footer header hr main',
    paragraph,
  ),
  ...ended('nav ol p pre section table ul', paragraph),
  ['tr', words('tr th td')],
  ['th', words('th')],
  ['td', words('thead th td')],
  ['a', words('a')],
  ['li', words('li')],
  ...ended('dd dt', words('dd dt')),
  ...ended('rt rp', words('rt rp')),
  ...ended('tbody tfoot', words('thead tbody')),
])

const everywhere = words('title dir lang align valign width height bgcolor class id style')

const own: Readonly<Record<string, ReadonlySet<string>>> = {
  a: words('href name'),
  area: words('href shape coords alt'),
  map: words('name'),
  img: words('src alt border hspace vspace usemap data-ph-blocked'),
  table: words('border cellpadding cellspacing background rules frame summary'),
  td: words('colspan rowspan nowrap background headers scope abbr'),
  th: words('colspan rowspan nowrap background headers scope abbr'),
  tr: words('background'),
  col: words('span'),
  colgroup: words('span'),
  font: words('color face size'),
  ol: words('start type reversed'),
  ul: words('type'),
  li: words('value type'),
  hr: words('size noshade color'),
  br: words('clear'),
  details: words('open'),
  time: words('datetime'),
  div: words('background'),
}

export const mayHave = (element: string, attribute: string): boolean =>
  everywhere.has(attribute) || (own[element]?.has(attribute) ?? false)

/** Raster images that a browser decodes without executing anything. */
export const rasterTypes = words('image/png image/jpeg image/jpg image/gif image/webp image/avif image/bmp')

// `position` is handled by value: what leaves the flow could lie over something (position.test in css.test.ts).
export const properties = words(`
  color background background-color background-image background-position background-repeat background-size
  background-clip background-origin opacity
  font font-family font-size font-style font-variant font-weight font-stretch line-height letter-spacing
  word-spacing text-align text-decoration text-decoration-color text-decoration-line text-decoration-style
  text-indent text-transform text-overflow text-shadow vertical-align white-space word-break word-wrap
  overflow-wrap hyphens direction unicode-bidi tab-size
  margin margin-top margin-right margin-bottom margin-left
  padding padding-top padding-right padding-bottom padding-left
  margin-block margin-inline padding-block padding-inline
  border border-top border-right border-bottom border-left border-color border-style border-width
  border-top-color border-right-color border-bottom-color border-left-color
  border-top-style border-right-style border-bottom-style border-left-style
  border-top-width border-right-width border-bottom-width border-left-width
  border-radius border-top-left-radius border-top-right-radius border-bottom-left-radius
  border-bottom-right-radius border-collapse border-spacing caption-side empty-cells table-layout
  outline outline-color outline-style outline-width box-shadow box-sizing
  width height min-width min-height max-width max-height display float clear overflow overflow-x overflow-y
  visibility position list-style list-style-type list-style-position
  flex flex-basis flex-direction flex-flow flex-grow flex-shrink flex-wrap order gap row-gap column-gap
  align-content align-items align-self justify-content justify-items justify-self place-content place-items
  grid-template-columns grid-template-rows grid-column grid-row grid-area
  columns column-count column-width column-rule object-fit object-position aspect-ratio
  mso-hide color-scheme page-break-before page-break-after page-break-inside break-inside
  -webkit-text-size-adjust -ms-text-size-adjust text-size-adjust`)

export const cssFunctions = words(`
  rgb rgba hsl hsla hwb lab lch oklab oklch color-mix light-dark calc min max clamp url
  linear-gradient radial-gradient conic-gradient repeating-linear-gradient repeating-radial-gradient
  repeat minmax fit-content`)
