// The bytes of one message for FETCH: its MIME tree is read once and kept for the next command, the bytes are read
// where they are asked for.
import { readMessage, sectionRanges, type Decoded, type Part, type Range, type Section } from '../../message'
import { largeMessage, type MessageRow, type UserStore } from '../../store/contract'

const mostTrees = 8
/** Trees are small beside their messages; one of an enormous message is not kept. */
const largestKept = 400

export interface Where {
  mailbox: number
  /** Its EMAILID names the bytes (RFC 8474: a copy has the same), and is looked up only when asked for. */
  row: MessageRow
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
    this.bytes ??= this.mail.read(this.where.mailbox, this.where.row.uid)
    return this.bytes
  }

  async tree(): Promise<Part> {
    const { emailId } = this.where.row
    const kept = this.trees.get(emailId)
    if (kept) return kept
    const { mailbox, row } = this.where
    const root =
      row.size > largeMessage ? await this.mail.tree(mailbox, row.uid) : readMessage(await this.whole())
    if (partsIn(root) <= largestKept) {
      if (this.trees.size >= mostTrees) this.trees.delete(this.trees.keys().next().value as string)
      this.trees.set(emailId, root)
    }
    return root
  }

  decoded(part: readonly number[]): Promise<Decoded> {
    return this.mail.decoded(this.where.mailbox, this.where.row.uid, part)
  }

  /** Null when the message has no such part. */
  async ranges(section: Section): Promise<Range[] | null> {
    if (section.path.length === 0 && section.text.what === 'all')
      return [{ start: 0, end: this.where.row.size }]
    return sectionRanges(await this.tree(), section)
  }

  async read({ start, end }: Range): Promise<Buffer> {
    if (this.bytes) return (await this.bytes).subarray(start, end)
    return this.mail.readRange(this.where.mailbox, this.where.row.uid, start, end)
  }
}
