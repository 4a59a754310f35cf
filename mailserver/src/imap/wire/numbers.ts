// A line of many numbers, as bytes: of 100,000 of them the text, its joining and its encoding cost more than the search.
const space = 32
const zero = 48
const mostDigits = 10

/** `* SORT 3 1 2`, without its end; numbers are of 32 bits. */
export const numbersLine = (head: string, numbers: ArrayLike<number>): Buffer => {
  const bytes = Buffer.allocUnsafe(head.length + numbers.length * (mostDigits + 1))
  let end = bytes.write(head, 'latin1')
  for (let at = 0; at < numbers.length; at += 1) {
    let number = numbers[at] as number
    let digits = 1
    for (let bound = 10; digits < mostDigits && number >= bound; bound *= 10) digits += 1
    bytes[end] = space
    end += digits
    for (let place = end; place > end - digits; place -= 1) {
      const rest = Math.floor(number / 10)
      bytes[place] = zero + number - rest * 10
      number = rest
    }
    end += 1
  }
  return bytes.subarray(0, end)
}
