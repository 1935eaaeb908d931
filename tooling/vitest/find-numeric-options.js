import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const base = fileURLToPath(new URL('../../tsconfig.base.json', import.meta.url));
/** Parameters of these types are options; other types, such as `Interactions`, are data. */
const optionTypes = /(Options|Spec|Experiment|CutOff)$/;
const mappings = new Set(['Omit', 'Partial', 'Pick', 'Readonly', 'Required']);

/**
 * Lists every numeric option of the exported functions of a package, by their types, e.g. `ndcg(at)` or
 * `multVae(dropout.encoder)`; of interfaces only the methods of those that are named, e.g.
 * `Recommender.recommend(count)`.
 */
export function findNumericOptions(index, interfaces = []) {
  const { config } = ts.readConfigFile(base, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(index));
  const program = ts.createProgram([index], { ...options, types: [], skipLibCheck: true });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(index);
  if (!source) throw new Error(`${index}: expected a source file, received none.`);
  return checker
    .getExportsOfModule(checker.getSymbolAtLocation(source))
    .flatMap((symbol) => listOfExport({ checker, source, interfaces }, symbol))
    .sort();
}

function listOfExport({ checker, source, interfaces }, symbol) {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  if (target.flags & ts.SymbolFlags.Value)
    return listOfFunction(checker, symbol.name, checker.getTypeOfSymbolAtLocation(target, source), source);
  if (!(target.flags & ts.SymbolFlags.Interface) || !interfaces.includes(symbol.name)) return [];
  return checker
    .getPropertiesOfType(checker.getDeclaredTypeOfSymbol(target))
    .flatMap((method) =>
      listOfFunction(
        checker,
        `${symbol.name}.${method.name}`,
        checker.getTypeOfSymbolAtLocation(method, source),
        source,
      ),
    );
}

function listOfFunction(checker, name, type, source) {
  const names = checker
    .getNonNullableType(type)
    .getCallSignatures()
    .flatMap((signature) =>
      signature.parameters.flatMap((parameter, at) => {
        const type = resolve(checker, checker.getTypeOfSymbolAtLocation(parameter, source));
        const isOptions = at === signature.parameters.length - 1 || isOptionType(type);
        return listOfType(
          { checker, source, isOptions },
          type,
          parameter.name.startsWith('__') ? '' : parameter.name,
          true,
        );
      }),
    );
  return [...new Set(names.map((option) => `${name}(${option})`))];
}

/** The constraint of a type parameter; any other type is itself. */
const resolve = (checker, type) => checker.getBaseConstraintOfType(type) ?? type;

/** Lists the numbers in a type: itself, in a list, or among the properties of options. */
function listOfType(context, type, path, isParameter = false, depth = 0) {
  const { checker, source } = context;
  if (type.isUnion()) return type.types.flatMap((part) => listOfType(context, part, path, isParameter, depth));
  if (type.flags & ts.TypeFlags.Number) return [path];
  if (checker.isArrayType(type) || checker.isTupleType(type))
    return checker.getTypeArguments(type).flatMap((part) => (part.flags & ts.TypeFlags.Number ? [path] : []));
  if (!isOptionType(type) || type.getCallSignatures().length > 0 || depth > 2) return [];
  return checker.getPropertiesOfType(type).flatMap((property) => {
    const name = isParameter || path === '' ? property.name : `${path}.${property.name}`;
    return listOfType(context, checker.getTypeOfSymbolAtLocation(property, source), name, false, depth + 1);
  });
}

/** Whether a type is a bag of options: called so, or written in place. */
function isOptionType(type) {
  if (!(type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection))) return false;
  const name = type.aliasSymbol?.name ?? type.symbol?.name ?? '__type';
  if (mappings.has(name)) return isOptionType(type.aliasTypeArguments[0]);
  if (name !== '__type' && name !== '__object') return optionTypes.test(name);
  return true;
}
