import { type Command, Option } from 'commander';
import { kebabCase } from '../config/config.js';
import {
  describeValues,
  type Keywords,
  type SceneField,
  sceneFields,
  sceneRequest,
} from '../scene/request.js';

/** The name of the file says the format. */
const flagged = sceneFields.filter((field) => field !== 'format');

export function addSceneFields(command: Command): Command {
  for (const field of flagged) command.addOption(toOption(field));
  return command;
}

function toOption(field: SceneField): Option {
  const schema = sceneRequest.properties[field];
  const { description, type, enum: allowed } = schema as Keywords;
  const placeholder = { array: 'list', number: 'number', integer: 'number' }[type ?? ''] ?? 'text';
  const values = type === 'string' ? '' : ` [${describeValues(schema)}]`;
  const option = new Option(
    `--${kebabCase(field)} <${placeholder}>`,
    `${description}${allowed ? '' : values}`,
  );
  if (allowed) option.argChoices = allowed.map(String); // told, not checked: the request is checked as a whole
  return option;
}
