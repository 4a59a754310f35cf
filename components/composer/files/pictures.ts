import { showToast } from '@/components/ui/toast'
import { shownSize } from '@/components/message-view/format'
import type { LaterWords } from '@/lib/i18n/later'
import { contentIdOf, type Pictures } from '../editor/picture-view'
import type { PictureActs } from '../editor/picture-row'
import { pictureAnywhere, type AttachedFile, type Files } from './files'

// The pictures of a letter: files of it that its text names by their Content-ID (RFC 2392).

/** Above this a photo is heavier than what people look at in a mail. */
const heavy = 1_500_000
/** The longer side, in pixels. */
const lighter = 1600

export const isHeavyPicture = ({ type, size, file }: AttachedFile): boolean =>
  file !== undefined && /^image\/(jpeg|png|webp)$/.test(type) && size > heavy

export const picturesOf = ({ list, addPicture }: Files): Pictures => ({
  urlOf: (cid) => list.get().find((file) => file.cid === cid)?.view ?? '',
  changed: list,
  add: (file) => Promise.resolve(`cid:${addPicture(file)}`),
  settle: (src) => {
    const cid = contentIdOf(src)
    if (list.get().some((file) => cid && file.cid === cid)) return src
    const file = cid ? pictureAnywhere(cid) : writtenFile(src)
    return file ? `cid:${addPicture(file)}` : ''
  },
})

/** A picture that is written into its address (RFC 2397) as a file. */
function writtenFile(src: string): File | undefined {
  const [, type = '', body = ''] = /^data:(image\/[a-z]{1,10});base64,([A-Za-z0-9+/=\s]+)$/.exec(src) ?? []
  try {
    const bytes = Uint8Array.from(atob(body), (char) => char.charCodeAt(0))
    return bytes.length > 0
      ? new File([bytes], `picture.${type.slice('image/'.length)}`, { type })
      : undefined
  } catch {
    return undefined
  }
}

/** What a signature may weigh: it goes along with every message. */
const mostWritten = 100_000
const mostWrittenLetters = Math.ceil(mostWritten / 3) * 4 + 40
const logo = 480

/** Pictures that are kept in the text itself, where there are no files beside it. */
export const writtenPictures = (tooLarge: () => void): Pictures => ({
  urlOf: () => '',
  changed: { subscribe: () => () => undefined },
  settle: (src) => {
    if (contentIdOf(src)) return ''
    if (src.length <= mostWrittenLetters) return src
    tooLarge()
    return ''
  },
  add: async (file) => {
    const small = file.size <= mostWritten ? file : await shrunk(file, logo)
    if (!small || small.size > mostWritten) {
      tooLarge()
      return null
    }
    return new Promise((done) => {
      const reader = new FileReader()
      reader.onload = () => done(String(reader.result))
      reader.onerror = () => done(null)
      reader.readAsDataURL(small)
    })
  },
})

/** The same picture with fewer dots; null when that saves nothing. */
export async function shrunk(file: File, longest = lighter): Promise<File | null> {
  const bitmap = await createImageBitmap(file).catch(() => null)
  if (!bitmap) return null
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * scale))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale))
  const paint = canvas.getContext('2d')
  if (!paint) return null
  // JPEG knows no transparency: what is clear would come out black.
  paint.fillStyle = '#ffffff'
  paint.fillRect(0, 0, canvas.width, canvas.height)
  paint.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.85))
  if (!blob || blob.size >= file.size) return null
  return new File([blob], `${file.name.replace(/\.\w{1,5}$/, '')}.jpg`, { type: 'image/jpeg' })
}

export async function makeSmaller(files: Files, one: AttachedFile, failed: string): Promise<void> {
  const smaller = one.file && (await shrunk(one.file))
  if (smaller) files.replace(one.key, smaller)
  else showToast({ text: failed })
}

interface OfLetter {
  files: Files
  list: readonly AttachedFile[]
  words: LaterWords['compose']
}

export const pictureActsOf = ({ files, list, words }: OfLetter): PictureActs => ({
  of: (src) => {
    const one = list.find(({ cid }) => cid && src === `cid:${cid}`)
    if (!one) return []
    const smaller = {
      label: words.makeSmaller(shownSize(one.size)),
      run: () => void makeSmaller(files, one, words.notSmaller),
      leaves: 'no' as const,
    }
    const apart = {
      label: words.attachInstead,
      run: () => files.place(one.key, null),
      leaves: 'text' as const,
    }
    return [...(isHeavyPicture(one) ? [smaller] : []), apart]
  },
})
