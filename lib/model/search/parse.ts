import { isOperator, meaningOf } from './operators'
import { deepestSearch, type ParsedSearch, type Query, type SearchProblem } from './query'
import { splitSearch, type Word } from './words'

// Grammar: any = all { "OR" all } ; all = term { term } ; term = ["-"] ( "(" any ")" | word ).
// OR binds weaker than standing side by side, as people know it from Gmail.

class Trouble {
  constructor(readonly problem: SearchProblem) {}
}

const trouble = (code: SearchProblem['code'], at: number, length: number): Trouble =>
  new Trouble({ code, at, length })

export const parseSearch = (typed: string): ParsedSearch => {
  const split = splitSearch(typed)
  if (!split.ok) return split
  if (split.words.length === 0) return { ok: true, query: { kind: 'all' } }
  const reader = new Reader(split.words, typed.length)
  const query = reader.any(0)
  if (query instanceof Trouble) return { ok: false, problem: query.problem }
  const left = reader.peek()
  if (left) return { ok: false, problem: { code: 'stray-close', at: left.at, length: left.length } }
  return { ok: true, query }
}

class Reader {
  private at = 0
  constructor(
    private readonly words: Word[],
    private readonly end: number,
  ) {}

  peek(): Word | undefined {
    return this.words[this.at]
  }

  any(depth: number): Query | Trouble {
    const first = this.peek()
    if (depth > deepestSearch) return trouble('too-deep', first?.at ?? this.end, 1)
    const branches: Query[] = []
    for (;;) {
      const branch = this.all(depth)
      if (branch instanceof Trouble) return branch
      branches.push(branch)
      if (this.peek()?.type !== 'or') break
      this.at += 1
    }
    return together('or', branches)
  }

  private all(depth: number): Query | Trouble {
    const terms: Query[] = []
    for (let word = this.peek(); word && word.type !== 'or' && word.type !== 'close'; word = this.peek()) {
      const term = this.term(word, depth)
      if (term instanceof Trouble) return term
      terms.push(term)
    }
    if (terms.length > 0) return together('and', terms)
    const next = this.peek()
    return trouble('nothing-beside-or', next?.at ?? this.end, next?.length ?? 0)
  }

  private term(word: Word, depth: number): Query | Trouble {
    this.at += 1
    if (word.type === 'minus') return this.negated(word, depth)
    if (word.type === 'open') return this.group(word, depth)
    if (word.type === 'text') return { kind: 'text', text: word.text }
    if (word.type !== 'operator') return trouble('stray-close', word.at, word.length)
    if (!isOperator(word.name)) return { kind: 'text', text: `${word.name}:${word.value}` }
    const meaning = meaningOf(word.name, word.value)
    return typeof meaning === 'string' ? trouble(meaning, word.at, word.length) : meaning
  }

  private negated(minus: Word, depth: number): Query | Trouble {
    const next = this.peek()
    if (!next || next.type === 'or' || next.type === 'close') return trouble('nothing-to-negate', minus.at, 1)
    if (depth >= deepestSearch) return trouble('too-deep', minus.at, 1)
    const of = this.term(next, depth + 1)
    return of instanceof Trouble ? of : { kind: 'not', of }
  }

  private group(open: Word, depth: number): Query | Trouble {
    const inside = this.any(depth + 1)
    if (inside instanceof Trouble) return inside
    if (this.peek()?.type !== 'close') return trouble('open-group', open.at, 1)
    this.at += 1
    return inside
  }
}

const together = (kind: 'and' | 'or', of: Query[]): Query => (of.length === 1 && of[0] ? of[0] : { kind, of })
