// LIST patterns (RFC 9051 section 6.3.9): `*` takes anything, `%` anything but the delimiter. Compared without
// backtracking, so that a pattern of many stars costs no more than its length times the name's.
export const matchesPattern = (name: string, pattern: string): boolean => {
  let reachable = new Set([0])
  for (const char of pattern) {
    const next = new Set<number>()
    for (const at of reachable) {
      if (char === '*' || char === '%') {
        for (let end = at; end <= name.length; end += 1) {
          next.add(end)
          if (char === '%' && name[end] === '/') break
        }
      } else if (name.startsWith(char, at)) next.add(at + char.length)
    }
    if (next.size === 0) return false
    reachable = next
  }
  return reachable.has(name.length)
}

/** INBOX is named in any case (RFC 9051 section 5.1). */
export const mailboxMatches = (name: string, pattern: string): boolean =>
  matchesPattern(name, pattern) || (name === 'INBOX' && matchesPattern(name, pattern.toUpperCase()))
