import type { Recommender, UserOrHistory } from '@footlight/trainer';
import { quoteForShell } from './format-command.js';

/**
 * Commands to try on a saved model. Each was executed, so that none is shown that the model refuses: a history only
 * for models that read one, ratings only for models that predict them.
 */
export async function suggestCommands(recommender: Recommender, file: string): Promise<string[]> {
  const { known, catalogue, ratings, ratingRange } = recommender;
  if (known.users.length === 0) return [];
  const user = catalogue.userIds[known.users[0]!]!;
  const [item, other] = [known.items[0]!, known.items.find((each) => each !== known.items[0]) ?? known.items[0]!];
  const history = [catalogue.itemIds[item]!, catalogue.itemIds[other]!];
  const rated = ratings && ratingRange ? [ratingRange[1], ratingRange[0]] : undefined;
  const path = quoteForShell(file);
  const list = `--history ${quoteForShell(history.join(', '))}`;
  const recommend = async (query: UserOrHistory) => (await recommender.recommend(query, 1)).length > 0;
  const tried: readonly (readonly [command: string, attempt: () => Promise<boolean>])[] = [
    [`recommend ${path} ${list}`, () => recommend({ history })],
    ...(rated
      ? [
          [
            `recommend ${path} ${list} --ratings ${quoteForShell(rated.join(', '))}`,
            () => recommend({ history, ratings: rated }),
          ] as const,
        ]
      : []),
    [`recommend ${path} --user ${quoteForShell(String(user))}`, () => recommend({ user })],
    [
      `predict ${path} --user ${quoteForShell(String(user))} --item ${quoteForShell(String(history[1]))}`,
      () => recommender.predict({ user }, history[1]!).then(Number.isFinite),
    ],
  ];
  const works: string[] = [];
  for (const [command, attempt] of tried) if (await attempt().catch(() => false)) works.push(`footlight ${command}`);
  return works;
}
