import { EditorState } from 'prosemirror-state'
import { describe, expect, it } from 'vitest'
import { createFiles } from '../files/files'
import { picturesOf, writtenPictures } from '../files/pictures'
import { domOf } from './dom.testing'
import { readDocument } from './from-html'
import { sliceOf } from './paste'
import { pastedPictures } from './pasted-pictures'
import type { Pictures } from './picture-view'

const data = (bytes: number) => `data:image/png;base64,${Buffer.alloc(bytes, 7).toString('base64')}`
const read = (html: string) => readDocument(domOf(html))

function sourcesAfter(pictures: Pictures, html: string): string[] {
  const plugins = [pastedPictures(pictures)]
  const state = EditorState.create({ doc: read(`<p>a<img src="cid:before@inline">b</p>`), plugins })
  const paste = state.tr.replaceSelection(sliceOf(read(html))).setMeta('uiEvent', 'paste')
  const sources: string[] = []
  state.apply(paste).doc.descendants((node) => {
    if (node.type.name === 'image') sources.push(String(node.attrs.src))
  })
  return sources
}

describe('pictures that are pasted with text', () => {
  it('become files of the letter, whatever number they are', () => {
    const files = createFiles([])
    const html = `<p>x<img src="${data(1_200_000)}">y</p>`.repeat(3)
    const sources = sourcesAfter(picturesOf(files), html)
    expect(sources).toEqual([
      ...files.list
        .get()
        .map(({ cid }) => `cid:${cid}`)
        .reverse(),
      'cid:before@inline',
    ])
    expect(files.list.get().map(({ size }) => size)).toEqual([1_200_000, 1_200_000, 1_200_000])
    files.release('kept')
  })

  it('of another letter come along, and one that nobody has is left out', () => {
    const [one, other] = [createFiles([]), createFiles([])]
    const cid = one.addPicture(new File(['picture'], 'bed.png', { type: 'image/png' }))
    expect(sourcesAfter(picturesOf(one), `<p><img src="cid:${cid}"></p>`)[0]).toBe(`cid:${cid}`)
    expect(sourcesAfter(picturesOf(other), `<p><img src="cid:${cid}"></p>`)).toEqual([
      `cid:${other.list.get()[0]?.cid}`,
      'cid:before@inline',
    ])
    expect(other.list.get().map(({ name }) => name)).toEqual(['bed.png'])
    one.release('kept')
    expect(sourcesAfter(picturesOf(createFiles([])), `<p><img src="cid:${cid}"></p>`)).toEqual([
      'cid:before@inline',
    ])
    other.release('kept')
  })

  it('stay in a text that has no files while they are small', () => {
    let tooLarge = 0
    const pictures = writtenPictures(() => tooLarge++)
    const small = data(1000)
    expect(sourcesAfter(pictures, `<p><img src="${small}"><img src="${data(200_000)}"></p>`)).toEqual([
      small,
      'cid:before@inline',
    ])
    expect(tooLarge).toBe(1)
  })
})
