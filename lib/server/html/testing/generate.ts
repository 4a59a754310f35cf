import { hostile } from './hostile'

// Documents nobody would write: pieces of hostile mail and of HTML's grammar, cut and put together anew. The same
// seed gives the same documents, so that a failure can be looked at.

const pieces =
  `< > " ' / = & ; \` <!-- --> --!> <![CDATA[ ]]> <? ?> <!doctype> &lt; &gt; &quot; &#x &#60; &amp;lt; &nbsp
  <p> </p> <b> </b> <i> </i> <a> </a> <div> </div> <span> <br> </br> <table> </table> <tr> <td> </td> <caption>
  </caption> <colgroup> <col> <tbody> <th> <ul> <li> </li> <dl> <dt> <dd> <h1> </h1> <pre> <center> <font> <u> <s>
  <form> </form> <button> </button> <select> </select> <option> <optgroup> <input> <textarea> </textarea> <label>
  <svg> </svg> <math> </math> <mtext> <mglyph> <malignmark> <mi> <annotation-xml> <foreignObject> <desc> <title>
  </title> <style> </style> <script> </script> <noscript> </noscript> <template> </template> <xmp> </xmp> <iframe>
  </iframe> <noembed> <noframes> <plaintext> <listing> <image> <img <a <p <div <td <style <svg <math <x-a> <ruby> <rt>
  <rp> <body> <html> <head> <frameset> <object> <embed> <marquee> <details> <summary> <map> <area> <bdo> <q> <hr>
  href= src= style= class= id= name= background= onerror= title= xlink:href= xmlns= srcdoc= bgcolor= color= dir=
  javascript: data:text/html, data:image/png;base64,AAAA cid:logo@example https://canary.invalid/x //canary.invalid
  url( ) { } @import @media expression( position:fixed color:red /* */ \\ \\75 \\3c ! # . * , : + ~ [ ] x m- ph-quote`
    .split(/\s+/)
    .filter(Boolean)
const whites = [' ', '\n', '\t', '\f', '\r', '\0', '\u00a0', '']

/** mulberry32: small, and good enough to shuffle. */
export const random = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const short = hostile.map(({ html }) => html).filter((html) => html.length < 1000)

/** A document of up to sixty pieces. */
export const generate = (next: () => number): string => {
  const below = (count: number) => Math.floor(next() * count)
  const one = <T>(list: readonly T[]): T => list[below(list.length)] as T
  const cut = (html: string) => {
    const from = next() < 0.5 ? 0 : below(html.length)
    return html.slice(from, next() < 0.5 ? undefined : from + below(html.length - from))
  }
  let html = ''
  for (let left = 1 + below(60); left > 0; left--)
    html += next() < 0.15 ? cut(one(short)) : one(pieces) + one(whites)
  return html
}
