export const pack: (path: string) => Promise<void>
export const packUnder: (folder: string) => Promise<void>
