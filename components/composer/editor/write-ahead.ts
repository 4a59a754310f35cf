import type { Fragment, Node } from 'prosemirror-model'
import { inTurns } from './in-turns'
import { schema } from './schema'
import { writeBlock } from './to-html'
import { readBlock } from './to-text'

// What is kept at a pause is the whole letter. A long original is written out before the first one, a few milliseconds
// at a time, and is known from then on (to-html.ts, to-text.ts): so that no key waits for all of it.

/** Below this there is nothing to feel. */
const long = 8000

function* blocksOf(content: Fragment | Node): Generator<void> {
  for (let at = 0; at < content.childCount; at++) {
    const block = content.child(at)
    if (block.type === schema.nodes.blockquote && block.nodeSize >= long) yield* blocksOf(block)
    writeBlock(block)
    readBlock(block)
    yield
  }
}

export async function writeAhead(content: Fragment): Promise<void> {
  if (content.size >= long) await inTurns(blocksOf(content))
}
