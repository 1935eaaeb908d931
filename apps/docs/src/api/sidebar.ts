import { type DeclarationReflection, type ProjectReflection, ReflectionKind } from 'typedoc';

/** An entry of a VitePress sidebar. */
export interface SidebarItem {
  readonly text: string;
  readonly link?: string;
  readonly collapsed?: boolean;
  readonly items?: readonly SidebarItem[];
}

const groups = [
  ['Functions', ReflectionKind.Function, 'functions'],
  ['Values', ReflectionKind.Variable, 'variables'],
  ['Classes', ReflectionKind.Class, 'classes'],
  ['Interfaces', ReflectionKind.Interface, 'interfaces'],
  ['Types', ReflectionKind.TypeAlias, 'type-aliases'],
] as const;

/** One sidebar per package, by the path that it is shown under: its own exports, and links to the other packages. */
export function createSidebar({ children: modules = [] }: ProjectReflection): Record<string, SidebarItem[]> {
  const overview = modules.map((module) => ({ text: module.name, link: getModulePath(module) }));
  const packages = { text: 'Packages', link: '/api/', items: overview };
  return Object.fromEntries([
    ['/api/', [packages]],
    ...modules.map((module) => [
      getModulePath(module),
      [
        { text: module.name, link: getModulePath(module), items: listGroups(module) },
        { ...packages, collapsed: true },
      ],
    ]),
  ]);
}

function listGroups(module: DeclarationReflection): SidebarItem[] {
  return groups.flatMap(([text, kind, folder]) => {
    const members = (module.children ?? []).filter((child) => child.kind === kind).map(({ name }) => name);
    if (members.length === 0) return [];
    const items = members.sort().map((name) => ({ text: name, link: `${getModulePath(module)}${folder}/${name}` }));
    return [{ text, collapsed: folder !== 'functions' && folder !== 'variables', items }];
  });
}

/** The path of a package's pages. */
export const getModulePath = ({ name }: DeclarationReflection): string => `/api/${name.replace(/^@[^/]+\//, '')}/`;
