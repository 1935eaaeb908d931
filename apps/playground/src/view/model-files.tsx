import type { VNode } from 'preact';
import { openModel } from '../session/session.js';

/** Opens models that were saved, here or in Node. */
export function ModelFiles(): VNode {
  return (
    <p>
      <label class="file">
        Open a saved model
        <input
          type="file"
          accept=".safetensors"
          onChange={({ currentTarget: input }) => {
            const file = input.files?.[0];
            if (file) void openModel(file);
            input.value = '';
          }}
        />
      </label>
    </p>
  );
}
