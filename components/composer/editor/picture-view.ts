import type { Node } from 'prosemirror-model'
import type { NodeViewConstructor } from 'prosemirror-view'
import type { Signal } from '@/lib/client/signal'

/** Where the editor gets its pictures from, and where it takes those that are put in. */
export interface Pictures {
  /** Where one that goes by a Content-ID can be looked at; '' while nobody knows. */
  urlOf: (cid: string) => string
  /** Changes when an answer of `urlOf` may have. */
  changed: Pick<Signal<unknown>, 'subscribe'>
  /** Takes a picture in; gives what its `src` is to be, or null when it is too large. */
  add: (file: File) => Promise<string | null>
  /** What the `src` of one that was pasted becomes; '' leaves it out. */
  settle: (src: string) => string
}

export const isPicture = ({ type }: Blob): boolean => /^image\/(png|jpeg|gif|webp)$/.test(type)

export const contentIdOf = (src: string): string => (src.startsWith('cid:') ? src.slice('cid:'.length) : '')

/** A picture by its Content-ID: no browser knows that address, so the view finds one that it does. */
export const pictureView =
  ({ urlOf, changed }: Pictures): NodeViewConstructor =>
  (node) => {
    const dom = document.createElement('img')
    let shown = node
    const draw = () => {
      const { src, alt, width } = shown.attrs as { src: string; alt: string; width: number | null }
      const url = contentIdOf(src) ? urlOf(contentIdOf(src)) : src
      if (url && dom.getAttribute('src') !== url) dom.src = url
      dom.alt = alt
      if (width) dom.width = width
      else dom.removeAttribute('width')
    }
    draw()
    const stop = changed.subscribe(draw)
    return {
      dom,
      update: (next: Node) => {
        if (next.type !== shown.type) return false
        shown = next
        draw()
        return true
      },
      destroy: stop,
    }
  }
