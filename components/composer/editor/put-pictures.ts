import { NodeSelection } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { isPicture, type Pictures } from './picture-view'
import { schema } from './schema'

/** Pictures go where the cursor is; what is none is given back. */
export function putFiles(view: EditorView, files: readonly File[], pictures: Pictures | undefined): File[] {
  if (!pictures) return [...files]
  const shown = files.filter(isPicture)
  void putPictures(view, shown, pictures)
  return files.filter((file) => !isPicture(file))
}

export async function putPictures(
  view: EditorView,
  files: readonly File[],
  pictures: Pictures,
): Promise<void> {
  for (const file of files) {
    const src = await pictures.add(file)
    if (!src || view.isDestroyed) continue
    const picture = schema.nodes.image.create({ src, alt: file.name, width: null })
    view.dispatch(view.state.tr.replaceSelectionWith(picture).scrollIntoView())
  }
  if (files.length > 0) view.focus()
}

export interface ChosenPicture {
  src: string
  alt: string
  width: number | null
  at: number
}

/** The picture that is selected, if one is. */
export function chosenPicture(view: EditorView | null): ChosenPicture | null {
  const selection = view?.state.selection
  if (!(selection instanceof NodeSelection) || selection.node.type !== schema.nodes.image) return null
  const { src, alt, width } = selection.node.attrs as Omit<ChosenPicture, 'at'>
  return { src, alt, width, at: selection.from }
}

export function changePicture(
  view: EditorView,
  { at }: ChosenPicture,
  to: Partial<Pick<ChosenPicture, 'alt' | 'width'>>,
): void {
  const node = view.state.doc.nodeAt(at)
  if (node?.type !== schema.nodes.image) return
  const tr = view.state.tr.setNodeMarkup(at, null, { ...node.attrs, ...to })
  view.dispatch(tr.setSelection(NodeSelection.create(tr.doc, at)))
}

export function removePicture(view: EditorView, { at }: ChosenPicture): void {
  view.dispatch(view.state.tr.delete(at, at + 1))
  view.focus()
}
