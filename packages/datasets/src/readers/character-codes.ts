// Characters of delimited files as bytes of UTF-8.

export const NEWLINE = 10;
export const RETURN = 13;
export const SPACE = 32;
export const QUOTE = 34;
export const MINUS = 45;
export const POINT = 46;
export const ZERO = 48;
