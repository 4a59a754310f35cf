import { DOMSerializer, type DOMOutputSpec, type Node } from 'prosemirror-model'
import type { Decoration, EditorView, NodeView, NodeViewConstructor } from 'prosemirror-view'
import { unfold } from './fold'
import { pictureView, type Pictures } from './picture-view'
import { schema } from './schema'

// The three ways a quote is drawn: as text to be edited, folded to three dots (fold.ts), or standing still (still.ts).
// Invariants: what is not drawn as text has no contentDOM, so whatever the browser does there changes no word; in a quote
// that stands still nothing takes the focus, so that every key is one of the text.

export const stillClass = 'still'

type Drawn = 'text' | 'folded' | 'still'

const drawnBy = (marks: readonly Decoration[]): Drawn =>
  marks.map(({ spec }: { spec: { drawn?: Drawn } }) => spec.drawn).find(Boolean) ?? 'text'

interface Drawing {
  node: Node
  view: EditorView
}

export interface Quotes {
  /** What the three dots are called. */
  label: string
  pictures?: Pictures | undefined
}

const asText = (): NodeView => {
  const dom = document.createElement('blockquote')
  return { dom, contentDOM: dom, update: (_, marks) => drawnBy(marks) === 'text' }
}

const asDots = ({ node, view }: Drawing, label: string): NodeView => {
  const dom = document.createElement('blockquote')
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'fold'
  button.title = label
  button.setAttribute('aria-label', label)
  button.setAttribute('aria-expanded', 'false')
  button.addEventListener('click', () => unfold(view, node))
  dom.append(button)
  dom.className = 'folded'
  return { dom, stopEvent: ({ target }) => target === button }
}

const saysOfLetters = (rule: CSSRule): boolean =>
  rule instanceof CSSLayerStatementRule ||
  (rule instanceof CSSLayerBlockRule && rule.name === 'base') ||
  rule.cssText.includes('.letter-text')

/** Those of an extension are nobody's business: to look into them throws. */
const rulesOf = (sheet: CSSStyleSheet): CSSRule[] => {
  try {
    return [...sheet.cssRules].filter(saysOfLetters)
  } catch {
    return []
  }
}

let known: CSSStyleSheet | undefined

/** A shadow root knows no style of the page: what the page says of letters, said once more. */
function looks(): CSSStyleSheet {
  if (known) return known
  const rules = [...document.styleSheets].flatMap(rulesOf)
  known = new CSSStyleSheet()
  known.replaceSync(rules.map(({ cssText }) => cssText).join('\n'))
  return known
}

const writers = DOMSerializer.nodesFromSchema(schema)
/** A link in a text that is edited leads nowhere, and no key stops at it; here it would, in place of the page. */
const markWriters = { ...DOMSerializer.marksFromSchema(schema), link: (): DOMOutputSpec => ['a', 0] }

/** What neither a walk over the edited text nor one for its layers enters: they stay in the tree the text is in. */
const asPicture = ({ node, view }: Drawing, pictures: Pictures | undefined): NodeView => {
  const shown: NodeView[] = []
  const image = (one: Node): DOMOutputSpec => {
    const drawn = pictureView(pictures!)(one, view, () => 0, [], undefined!)
    shown.push(drawn)
    return drawn.dom as HTMLElement
  }
  const serializer = new DOMSerializer(pictures ? { ...writers, image } : writers, markWriters)
  const quote = document.createElement('blockquote')
  quote.append(serializer.serializeFragment(node.content))
  const text = document.createElement('div')
  text.className = 'letter-text'
  text.append(quote)
  const dom = document.createElement('div')
  dom.className = stillClass
  const root = dom.attachShadow({ mode: 'open' })
  root.adoptedStyleSheets = [looks()]
  root.append(text)
  return {
    dom,
    update: (next, marks) => next === node && drawnBy(marks) === 'still',
    destroy: () => shown.forEach(({ destroy }) => destroy?.()),
  }
}

export const quoteView =
  ({ label, pictures }: Quotes): NodeViewConstructor =>
  (node, view, _, marks) => {
    switch (drawnBy(marks)) {
      case 'folded':
        return asDots({ node, view }, label)
      case 'still':
        return asPicture({ node, view }, pictures)
      default:
        return asText()
    }
  }
