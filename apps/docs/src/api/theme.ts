import {
  type DeclarationReflection,
  type ParameterReflection,
  ReferenceType,
  type Reflection,
  ReflectionKind,
} from 'typedoc';
import { type MarkdownPageEvent, MarkdownTheme, type MarkdownThemeContext } from 'typedoc-plugin-markdown';

/** The Markdown theme, with the fields of an options object on the page of the function that takes them. */
export class ApiTheme extends MarkdownTheme {
  override getRenderContext(page: MarkdownPageEvent<Reflection>): MarkdownThemeContext {
    const context = super.getRenderContext(page);
    const { parametersTable, sources } = context.partials;
    context.partials.sources = (model, options) => {
      const line = sources(model, options);
      return line.startsWith('Defined in') ? `${line} {.defined-in}` : line;
    };
    context.partials.parametersTable = (parameters) =>
      [parametersTable(parameters), ...fieldTables(context, parameters)].join('\n\n');
    return context;
  }
}

const anchor = /<a id="[^"]*"><\/a> ?/g;

function fieldTables({ partials }: MarkdownThemeContext, parameters: readonly ParameterReflection[]): string[] {
  return parameters.flatMap(({ type }) => {
    const target = type instanceof ReferenceType ? type.reflection : undefined;
    if (!target?.kindOf(ReflectionKind.Interface) || !target.name.endsWith('Options')) return [];
    const fields = (target as DeclarationReflection).children ?? [];
    const table = partials.propertiesTable(fields, { kind: ReflectionKind.Interface, isEventProps: false });
    return [`Fields of \`${target.name}\`:`, table.replaceAll(anchor, '')]; // the anchors belong to its own page
  });
}
