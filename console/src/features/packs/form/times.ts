/// Times of day as a picker shows them and as a calendar writes them: a day closes at midnight as 24:00, which no picker has.

export function pickedOf(time: string): string {
  return time === '24:00' ? '00:00' : time;
}

export function timeOf(picked: string, isClosing: boolean): string {
  return isClosing && picked === '00:00' ? '24:00' : picked;
}
