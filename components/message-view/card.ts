/** What the reader says about a message stands between its header and its text. */
export const cardClass =
  'mx-4 mb-3.5 ms-[63px] flex items-start gap-3 rounded-m border border-line bg-raised px-3.5 py-3 max-sm:ms-4'
