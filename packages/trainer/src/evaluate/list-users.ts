/** Lists the users who have rows, ascending, from the offsets of rows grouped by user. */
export function listUsers(offsets: Int32Array): Int32Array {
  const users: number[] = [];
  for (let user = 0; user + 1 < offsets.length; user++) if (offsets[user + 1]! > offsets[user]!) users.push(user);
  return Int32Array.from(users);
}
