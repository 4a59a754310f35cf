/** Letters and digits only: it stands unescaped in URLs, strings and regular expressions alike. */
export const basePathPlaceholder = '/posthornbasepathplaceholder'
