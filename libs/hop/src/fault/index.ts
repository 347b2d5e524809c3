export * from './abilities';
export { setFaultActions, type FaultActions } from './actions';
export * from './baggage';
export * from './drop';
export { encodeFaultPlan, FaultPlanTooLarge } from './encode';
export { noteFired } from './event';
export * from './plan';
export * from './problem';
export * from './raises';
