import { type DeclarationReflection, type ProjectReflection, ReflectionKind } from 'typedoc';
import type { ApiComponent } from '../content/components.js';
import { getModulePath } from './sidebar.js';

/** Every exported function and value with the first sentence of its doc comment. */
export function listComponents({ children: modules = [] }: ProjectReflection): ApiComponent[] {
  return modules.flatMap((module) =>
    (module.children ?? []).flatMap((child) => {
      const folder = folders[child.kind];
      if (!folder) return [];
      const path = getModulePath(module);
      return [
        {
          module: module.name,
          name: child.name,
          link: `${path}${folder}/${child.name}`,
          sentence: firstSentence(child),
        },
      ];
    }),
  );
}

const folders: Readonly<Partial<Record<ReflectionKind, string>>> = {
  [ReflectionKind.Function]: 'functions',
  [ReflectionKind.Variable]: 'variables',
};

function firstSentence({ comment, signatures }: DeclarationReflection): string {
  const texts = (comment ?? signatures?.[0]?.comment)?.summary ?? [];
  const [paragraph = ''] = texts
    .map(({ text }) => text)
    .join('')
    .split(/\n\s*\n/);
  return paragraph.replace(/\s+/g, ' ').split(/(?<=\.) (?=[A-Z])/)[0]!;
}
