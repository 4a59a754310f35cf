import 'server-only'
import iconv from 'iconv-lite'

// Names of charsets as mail writes them, and what bytes are whose name lies.

// Labels in the wild, beyond those of the WHATWG Encoding standard.
const aliases: Record<string, string> = {
  'ks_c_5601-1987': 'cp949',
  ksc5601: 'cp949',
  ks_c_5601: 'cp949',
  gb2312: 'gbk',
  unicode: 'utf-16le',
  'ansi_x3.4-1968': 'windows-1252',
  'x-user-defined': 'windows-1252',
  'x-cp1250': 'windows-1250',
  hz: 'hz-gb-2312',
  'cn-gb': 'gbk',
  'cn-big5': 'big5',
  'x-mac-roman': 'macintosh',
}

// The standard's names, where iconv-lite has others.
const known: Record<string, string> = {
  'x-mac-cyrillic': 'maccyrillic',
  'iso-8859-8-i': 'iso-8859-8',
  'euc-kr': 'cp949',
  ibm866: 'cp866',
  'windows-874': 'windows874',
}

const standardName = (label: string): string => {
  try {
    return new TextDecoder(label).encoding
  } catch {
    return label
  }
}

const names = new Map<string, string>()
const mostNames = 500

/** A name that `iconv.decode` takes, or that of a 7-bit encoding; what nobody knows stays as it is. */
export const charsetOf = (label: string): string => {
  const plain = label
    .trim()
    .toLowerCase()
    .replace(/^["']|["']$/g, '')
    .slice(0, 60)
  const before = names.get(plain)
  if (before !== undefined) return before
  // These say little more in the standard than "do not", or one variant only.
  const isOurs =
    /^(iso-?2022|csiso2022|hz|utf-?(7|16|32)|unicode-1-1-utf-7|csunicode11utf7|replacement)/.test(plain)
  const standard = aliases[plain] ?? (isOurs ? plain : standardName(plain))
  const name = known[standard] ?? standard
  if (names.size < mostNames) names.set(plain, name)
  return name
}

const share = (text: string, letters: RegExp): number => {
  const wide = text.replace(/[\u0000-\u007f]/g, '')
  return wide.length === 0 ? 0 : (wide.match(letters)?.length ?? 0) / wide.length
}

// What a text in this encoding is full of; another encoding read as this one is not. The commonest characters
// of Chinese, the syllables of Japanese and Korean, and the small letters of Cyrillic.
const guesses: [charset: string, letters: RegExp, least: number][] = [
  ['shift_jis', /[\u3040-\u30fc\u3001\u3002]/g, 0.25],
  ['euc-jp', /[\u3040-\u30fc\u3001\u3002]/g, 0.25],
  [
    'cp949',
    /[이다는에가의을고하지서로한도를은기나사어리자시해그라들인있대과만스일수정보해주요회음말씀니습드립대]/g,
    0.35,
  ],
  [
    'gbk',
    /[的一是不了在有人这我个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里，。的请您好周公司本]/g,
    0.2,
  ],
  [
    'big5',
    /[的一是不了在有人這我個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡，。請您好週公司本]/g,
    0.2,
  ],
  ['windows-1251', /[оеаинтсрвлкмдпуяыьгзбчйхжшюцщэф]/g, 0.6],
  ['koi8-r', /[оеаинтсрвлкмдпуяыьгзбчйхжшюцщэф]/g, 0.6],
]

const mostLookedAt = 4000

/** What these bytes are, when what their label says cannot be; `usual` when nothing stands out. */
export const guessCharset = (bytes: Buffer, usual: string): string => {
  const sample = bytes.subarray(0, mostLookedAt)
  const wide = sample.filter((byte) => byte >= 0x80).length
  // A few letters with accents among many without are a western text.
  if (wide < 4 || wide * 5 < sample.length) return usual
  let best = { charset: usual, score: 0 }
  for (const [charset, letters, least] of guesses) {
    const text = iconv.decode(sample, charset)
    const broken = text.slice(0, -1).split('\ufffd').length - 1
    const score = share(text, letters) - broken / text.length
    if (score >= least && score > best.score) best = { charset, score }
  }
  return best.charset
}
