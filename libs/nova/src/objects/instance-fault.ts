/** Why an instance went wrong. `message` is at most 255 characters. Plays `nova.objects.instance_fault.InstanceFault`. */
export interface InstanceFault {
  instance_uuid: string;
  code: number;
  message: string;
  /** Where it happened, for code 500. */
  details: string | null;
  host: string | null;
}
