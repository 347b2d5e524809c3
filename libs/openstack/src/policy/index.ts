export { never, type Check, type Credentials, type RuleLookup, type Target } from './check';
export { parseRule } from './parse-rule';
