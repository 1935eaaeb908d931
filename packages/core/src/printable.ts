/** The longest message that is shown: what fits on a screen of 24 lines. */
const LONGEST_MESSAGE = 1900;
/** Of a longer one, so much is shown of its end, which says what to do. */
const END_OF_MESSAGE = 500;

/** Characters that a terminal obeys, and those that reverse or break the order of a line. */
const CONTROLS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to replace
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/**
 * Makes a value from a file harmless in a line of text: control characters, and with them ANSI and OSC sequences, line
 * ends and reversals of the direction, become visible symbols.
 *
 * @example
 * toPrintable('\u001b[31mred\n') // '␛[31mred␊'
 */
export function toPrintable(text: string): string {
  return text.replace(CONTROLS, toSymbol);
}

/** Like `toPrintable`, for a text of several lines: line ends and tabs stay. */
export function toPrintableLines(text: string): string {
  return text.replace(CONTROLS, (control) => (control === '\n' || control === '\t' ? control : toSymbol(control)));
}

/**
 * Makes a message harmless, and cuts one that is longer than a screen: its beginning and its end stay, and the number
 * of its characters is said.
 */
export function toMessage(text: string): string {
  const isLong = text.length > LONGEST_MESSAGE;
  const begin = text.slice(0, LONGEST_MESSAGE - END_OF_MESSAGE);
  return toPrintableLines(isLong ? `${begin} … (${text.length} characters) … ${text.slice(-END_OF_MESSAGE)}` : text);
}

/**
 * Converts a value to one line of JSON that is harmless on a terminal too: all control characters are escaped.
 *
 * @example
 * toJsonLine({ title: '\u009b31m' }) // '{"title":"\\u009b31m"}'
 */
export function toJsonLine(value: unknown): string {
  return JSON.stringify(value).replace(
    CONTROLS,
    (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The picture of a control character of ASCII; a replacement character for others. */
function toSymbol(control: string): string {
  const code = control.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}
