/** Of a new password; the mail server may ask for more. */
export const shortestPassword = 8
