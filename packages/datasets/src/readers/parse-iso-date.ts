const ISO_DATE = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/**
 * Parses an ISO date into seconds since 1970; undefined for other texts and for days that do not exist. A date without
 * a time zone is in UTC. Fractions of a second keep all of their digits that a double holds.
 */
export function parseIsoDate(text: string): number | undefined {
  const [matched, year, month, day, minutes = '00:00', seconds = '00', fraction = '', zone = 'Z'] =
    ISO_DATE.exec(text) ?? [];
  if (matched === undefined || !isDay(Number(year), Number(month), Number(day))) return undefined;
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  const milliseconds = Date.parse(`${year}-${month}-${day}T${minutes}:${seconds}${offset}`);
  if (Number.isNaN(milliseconds)) return undefined;
  return fraction === '' ? milliseconds / 1000 : milliseconds / 1000 + Number(`0${fraction}`);
}

/** Whether the month has the day: `Date.parse` takes February 30 for March 1. */
function isDay(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}
