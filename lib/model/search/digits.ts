/** A number as Arabic, Persian and Japanese keyboards write it, in the figures that are read here. */
export const latin = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (figure) => String(figure.charCodeAt(0) % 16))
