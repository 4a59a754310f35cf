// Bytes in a named charset to text. Node's own TextDecoder reads windows-1252 wrongly, hence iconv-lite. An unknown or
// lying charset falls back to UTF-8 where it is valid, else windows-1252: some text is better than none.
import iconv from 'iconv-lite'
import { textOf } from './header'

const aliases: Record<string, string> = {
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'iso-8859-8-i': 'iso-8859-8',
  'ks_c_5601-1987': 'cp949',
  'x-sjis': 'shift_jis',
  gb2312: 'gbk',
}

export const decodeCharset = (bytes: Buffer, charset: string): string => {
  const asked = charset.toLowerCase().trim()
  const name = aliases[asked] ?? asked
  if (name === 'iso-2022-jp') return decodeIso2022Jp(bytes)
  if (name === '' || name === 'utf-8' || name === 'utf8' || !iconv.encodingExists(name)) {
    return utf8OrWestern(bytes)
  }
  return iconv.decode(bytes, name)
}

const utf8OrWestern = (bytes: Buffer): string => {
  const text = bytes.toString('utf8')
  return text.includes('\ufffd') && textOf(bytes) !== text ? iconv.decode(bytes, 'windows-1252') : text
}

/** iconv-lite has no ISO-2022-JP; RFC 1468's escapes select ASCII or JIS X 0208, which is EUC-JP without the high bit. */
const decodeIso2022Jp = (bytes: Buffer): string => {
  let text = ''
  let mode: 'ascii' | 'kanji' | 'kana' = 'ascii'
  for (const piece of bytes.toString('latin1').split(/(\x1b\$[@B]|\x1b\([BJI])/)) {
    if (piece.startsWith('\x1b$')) mode = 'kanji'
    else if (piece === '\x1b(I') mode = 'kana'
    else if (piece.startsWith('\x1b(')) mode = 'ascii'
    else text += decodeJis(piece, mode)
  }
  return text
}

const decodeJis = (piece: string, mode: 'ascii' | 'kanji' | 'kana'): string => {
  if (mode === 'ascii') return piece
  if (mode === 'kana')
    return piece.replace(/[\x21-\x5f]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xff40))
  return piece
    .split(/(\r?\n)/)
    .map((line) =>
      line.includes('\n')
        ? line
        : iconv.decode(Buffer.from(Buffer.from(line, 'latin1').map((byte) => byte | 0x80)), 'euc-jp'),
    )
    .join('')
}
