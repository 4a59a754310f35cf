// `npm run bench -- web|imap|smtp|search [--quick]`: medians side by side on the screen, every number in bench/results.
import { benchImap } from './imap/run'
import { judgeImap } from './imap/targets'
import { mediansOf, save, show } from './report'
import { benchSearch } from './search/run'
import { judgeSearch } from './search/targets'
import { benchSmtp } from './smtp/run'
import { judgeSmtp } from './smtp/targets'
import { benchWeb } from './web/run'

const [suite = '', ...flags] = process.argv.slice(2)
const quick = flags.includes('--quick')
const asked = Number(flags.find((flag) => flag.startsWith('--messages='))?.slice('--messages='.length))

const web = async () => {
  const messages = quick ? 1_000 : asked || 10_000
  const settings = quick
    ? { messages, rounds: 3, opened: 50, crowd: 8, seconds: 2 }
    : { messages, rounds: 11, opened: 500, crowd: messages > 20_000 ? 1 : 32, seconds: 5 }
  const measured = await benchWeb(settings)
  show(mediansOf(measured))
  save({ suite: quick ? 'web-quick' : `web-${messages}`, settings, measured })
}

const imap = async () => {
  const messages = quick ? 1_000 : asked || 10_000
  // Of a small mailbox a server that has just started has not yet compiled what it does: most rounds are of one that has.
  const rounds = quick ? 7 : messages > 20_000 ? 5 : messages > 2_000 ? 11 : 31
  const settings = { messages, rounds, coldRounds: 3, memoryRounds: quick ? 1 : 3, idle: 500 }
  const measured = await benchImap(settings)
  const medians = mediansOf(measured)
  show(medians)
  const verdict = judgeImap(medians, messages)
  const missed = Object.entries(verdict).filter(([, { met }]) => met === 'no')
  for (const [walk, { ratio, target }] of missed)
    console.log(`missed: ${walk}: ${ratio.toFixed(3)} where at most ${target.toFixed(3)} is promised`)
  save({ suite: `imap-${messages}`, settings, measured, verdict })
}

const smtp = async () => {
  const settings = quick
    ? { messages: 400, rounds: 3, letters: 10 }
    : { messages: 2000, rounds: 7, letters: 50 }
  const measured = await benchSmtp(settings)
  const medians = mediansOf(measured)
  show(medians)
  const verdict = judgeSmtp(medians)
  for (const [walk, { ratio, target, met }] of Object.entries(verdict))
    if (met === 'no') console.log(`missed: ${walk}: ${ratio.toFixed(2)} where ${target} is promised`)
  save({ suite: quick ? 'smtp-quick' : 'smtp', settings, measured, verdict })
}

const search = async () => {
  const messages = quick ? 1_000 : asked || 10_000
  const settings = { messages, rounds: messages > 20_000 ? 5 : 7 }
  const measured = await benchSearch(settings)
  const medians = mediansOf(measured)
  show(medians)
  const verdict = judgeSearch(medians)
  for (const [walk, { took, target, met }] of Object.entries(verdict))
    if (met === 'no') console.log(`missed: ${walk}: ${took} ms where ${target} are promised`)
  save({ suite: `search-${messages}`, settings, measured, verdict })
}

const suites: Record<string, () => Promise<void>> = { web, imap, smtp, search }
const run = suites[suite]
if (!run) {
  console.error(
    'Usage: npm run bench -- web|imap|smtp|search [--quick] [--messages=100000 (web, imap, search)]',
  )
  process.exit(64)
}
await run()
