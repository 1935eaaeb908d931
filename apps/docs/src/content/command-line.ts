import type { Command, Help } from 'commander';
import { markdownTable } from './markdown-table.js';
import type { CommandLine } from './program.js';

/** The reference of the command line, from the commands, arguments and options of the program itself. */
export function commandReference(program: Command): string {
  const help = program.createHelp();
  return help
    .visibleCommands(program)
    .filter((command) => command.name() !== 'help')
    .map((command) => commandSection(command, help))
    .join('\n\n');
}

function commandSection(command: Command, help: Help): string {
  const name = command.name();
  return [
    `### \`${name}\``,
    sentence(help.commandDescription(command)),
    `\`\`\`text\n${help.commandUsage(command)}\n\`\`\``,
    termTable(
      'argument',
      help
        .visibleArguments(command)
        .map((argument) => [help.argumentTerm(argument), help.argumentDescription(argument)]),
    ),
    termTable(
      'option',
      help.visibleOptions(command).map((option) => [help.optionTerm(option), help.optionDescription(option)]),
    ),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function termTable(title: string, terms: readonly (readonly [term: string, description: string])[]): string {
  if (terms.length === 0) return '';
  const rows = terms.map(([term, description]) => [`\`${term}\``, sentence(description)]);
  return markdownTable([title, 'meaning'], rows, ['left', 'left']);
}

/** With a capital letter, and no angle bracket that Markdown would take for a tag. */
function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`.replaceAll('<', '&lt;');
}

/** What `footlight --help` prints, or `footlight run --help` for a command. */
export function helpText({ createProgram }: CommandLine, command?: string): string {
  let text = '';
  const program = createProgram((part) => {
    text += part;
  });
  const shown = command === undefined ? program : program.commands.find((each) => each.name() === command);
  if (!shown) throw new Error(`docs: expected a command of the program, received ${command}.`);
  shown.outputHelp(); // also what stands after the help, such as the exit codes
  return asText(text);
}

/** What `footlight models` and the like print. */
export function explanationText({ explanations }: CommandLine, name: string): string {
  const text = explanations.get(name);
  if (text === undefined)
    throw new Error(`docs: expected one of ${[...explanations.keys()].join(', ')}, received ${name}.`);
  return asText(text);
}

const asText = (text: string): string => `\`\`\`text\n${text.trimEnd()}\n\`\`\``;
