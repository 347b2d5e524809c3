import { x } from '@bootlab/hop';
console.log(x);
