import type { Spoken } from '@/lib/i18n/languages'

// "You wrote 'attached', but nothing is." In every language of the interface at once: people write in others than the
// one their buttons have. Every pattern is bounded, because it runs over whatever was pasted.

/** Words of promising a file; a word begins where a word begins: "unattached" promises nothing. */
const promises: Record<Spoken, RegExp> = {
  en: /(?<!\p{L})(attach(?!é)|enclos(e|ing|ure)|(included|following) (file|document)s?)/u,
  // "Ich hänge sehr an dir" promises nothing: the "an" of a promise ends its clause.
  de: /(?<!\p{L})(angehängt|anhang|anhänge(?!r)|anzuhängen|anbei|beigefügt|beigelegt|beiliegend|(in der|als|siehe) anlage|anlage:|füge[^.!?\n]{1,60} bei(?!\p{L})|hänge[^.!?\n]{1,60} an(?=[^\S\n]{0,9}([\n.!?,;:)]|$|(und|oder|damit)(?!\p{L}))))/u,
  // No spaces between words there.
  ja: /添付(?!なし|無し|は(ない|ありません|不要))|同封|別添|ファイルを(お)?送/u,
  // Conjunctions, prepositions and the article are written in one with the word.
  ar: /(?<!\p{L})[وف]?[بلك]?(ال|لل)?(مرفق|أرفق|ارفق|سأرفق|سنرفق|نرفق|ملحق بهذ|طيه(?!\p{L}))/u,
}

/** Vowel signs and the stretching line of Arabic change no word. */
const plain = (text: string): string => text.toLowerCase().replace(/[\u0640\u064b-\u0652]/g, '')

/**
 * Only what the writer says now counts: neither a quoted "see attached" of somebody else, nor what is forwarded below,
 * nor a signature that speaks of "any attachments".
 */
function ownWords(text: string): string {
  const lines: string[] = []
  for (const line of text.split('\n')) {
    if (line === '-- ' || /^-{10} .{1,200} -{10}$/.test(line)) break
    if (!line.startsWith('>')) lines.push(line)
  }
  return lines.join('\n')
}

/** Whether the text promises a file. */
export function promisesAttachment(text: string): boolean {
  const own = plain(ownWords(text.slice(0, 100_000)))
  return Object.values(promises).some((words) => words.test(own))
}
