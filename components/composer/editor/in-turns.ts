const longestTurnMs = 6

const nextTurn = (): Promise<void> => new Promise((settle) => setTimeout(settle))

/** Works a few milliseconds at a time, with turns between in which keys are heard. */
export async function inTurns<T>(work: Iterator<void, T>): Promise<T> {
  for (;;) {
    await nextTurn()
    const until = performance.now() + longestTurnMs
    do {
      const { done, value } = work.next()
      if (done) return value
    } while (performance.now() < until)
  }
}
