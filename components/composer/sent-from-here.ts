/** Sends that began in this tab: if one fails, it is this tab that opens it again. */
export const sentFromHere = new Set<string>()
