import * as Type from './typebox-types.js';

export * from './typebox-types.js';
export default Type;
