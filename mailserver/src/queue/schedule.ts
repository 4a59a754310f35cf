// When a delivery is tried again: 5 minutes, doubling to 4 hours, a tenth earlier or later so that a returning
// host is not met by everybody in the same second (RFC 5321 section 4.5.4.1 asks for at least 30 minutes between
// tries in the long run, and 4 to 5 days of trying).
const first = 5 * 60_000
const longest = 4 * 3_600_000

export const nextTry = (attempts: number, random: () => number = Math.random): number =>
  Math.round(Math.min(longest, first * 2 ** Math.min(attempts - 1, 20)) * (0.9 + 0.2 * random()))
