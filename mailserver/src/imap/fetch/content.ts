// The bytes of one message for FETCH: its MIME tree is read once and kept for the next command, the bytes are read
// where they are asked for.
import { readMessage, sectionRanges, type Decoded, type Part, type Range, type Section } from '../../message'
import { largeMessage, type UserStore } from '../../store/contract'

const mostTrees = 8
/** Trees are small beside their messages; one of an enormous message is not kept. */
const largestKept = 400

export interface Where {
  mailbox: number
  uid: number
  size: number
  /** Names the bytes: a copy has the same (RFC 8474). */
  hash: string
}

const partsIn = (part: Part): number =>
  part.children.reduce((sum, child) => sum + partsIn(child), 1 + part.fields.length)

export class Contents {
  private readonly trees = new Map<string, Part>()

  constructor(private readonly mail: UserStore) {}

  open(where: Where): Content {
    return new Content(this.mail, where, this.trees)
  }
}

export class Content {
  private bytes: Promise<Buffer> | null = null

  constructor(
    private readonly mail: UserStore,
    readonly where: Where,
    private readonly trees: Map<string, Part>,
  ) {}

  whole(): Promise<Buffer> {
    this.bytes ??= this.mail.read(this.where.mailbox, this.where.uid)
    return this.bytes
  }

  async tree(): Promise<Part> {
    const { hash, mailbox, uid, size } = this.where
    const kept = this.trees.get(hash)
    if (kept) return kept
    const root = size > largeMessage ? await this.mail.tree(mailbox, uid) : readMessage(await this.whole())
    if (partsIn(root) <= largestKept) {
      if (this.trees.size >= mostTrees) this.trees.delete(this.trees.keys().next().value as string)
      this.trees.set(hash, root)
    }
    return root
  }

  decoded(part: readonly number[]): Promise<Decoded> {
    return this.mail.decoded(this.where.mailbox, this.where.uid, part)
  }

  /** Null when the message has no such part. */
  async ranges(section: Section): Promise<Range[] | null> {
    if (section.path.length === 0 && section.text.what === 'all') return [{ start: 0, end: this.where.size }]
    return sectionRanges(await this.tree(), section)
  }

  async read({ start, end }: Range): Promise<Buffer> {
    if (this.bytes) return (await this.bytes).subarray(start, end)
    return this.mail.readRange(this.where.mailbox, this.where.uid, start, end)
  }
}
