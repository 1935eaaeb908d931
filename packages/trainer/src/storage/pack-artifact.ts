import { invalid, omitUndefined } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import { collectParameters } from '@footlight/layers';
import { listTrainedUsers } from '../recommend/list-trained-users.js';
import type { Recommender } from '../recommend/types.js';
import { type ArtifactDescription, type ArtifactOptions, describeRatings } from './artifact-description.js';
import { copyParameters } from './parameters.js';
import { toStoredInteractions } from './stored-interactions.js';
import type { StoredTensor, TensorFile } from './tensor-file.js';

/** The content of an artifact; `where` names the caller in errors. */
export async function toTensorFile(
  where: string,
  { predictor, known, ratings, untrainedUsers, withoutHistories }: Recommender,
  description: ArtifactDescription,
  { histories = withoutHistories !== true }: ArtifactOptions,
): Promise<TensorFile> {
  if (!histories && ratings)
    invalid(`${where}(histories)`, 'a model that only ranks', 'one that predicts ratings', 'Leave histories out.');
  if (!histories && predictor.containsHistories)
    invalid(
      `${where}(histories)`,
      'a model whose parameters do not contain what users chose',
      description.model.name,
      'Leave histories out, or take another model.',
    );
  const weights = [...(await copyParameters(collectParameters(predictor.parameters)))].map(
    ([name, tensor]): [string, StoredTensor] => [`weights:${name}`, tensor],
  );
  const stored = toStoredInteractions(histories ? known : omitHistories(known));
  const trainedIds = histories ? undefined : listTrainedUsers(known.catalogue, known.users, untrainedUsers);
  const columns = { untrainedUsers: histories ? untrainedUsers : undefined, trainedUsers: trainedIds };
  const users = Object.entries(columns).flatMap(([name, values]): [string, StoredTensor][] =>
    values ? [[name, { shape: [values.length], values }]] : [],
  );
  return {
    tensors: new Map<string, StoredTensor>([...weights, ...stored.tensors, ...users]),
    metadata: {
      format: 'footlight-artifact-1',
      ...(histories ? {} : { histories: 'none' }),
      description: JSON.stringify({
        ...description,
        model: { name: description.model.name, protocol: description.model.protocol },
        ...omitUndefined({ ratings: ratings && describeRatings(ratings) }),
      }),
      ...stored.metadata,
    },
  };
}

/** The catalogue with numbers for ids of users, without interactions. */
function omitHistories({ catalogue }: Interactions): Interactions {
  const userIds = Int32Array.from({ length: catalogue.userCount }, (_, user) => user);
  return { catalogue: { ...catalogue, userIds }, users: new Int32Array(0), items: new Int32Array(0) };
}
