export type ClassValue = string | false | null | undefined

/** Joins class names, leaving out what is absent. */
export const cx = (...classes: ClassValue[]): string => classes.filter(Boolean).join(' ')
