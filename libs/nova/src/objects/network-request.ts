/** One network, port or address a user asked for. Plays `nova.objects.network_request.NetworkRequest`. */
export interface NetworkRequest {
  /** A network's uuid, or `auto` or `none`. */
  network_id: string | null;
  address: string | null;
  port_id: string | null;
  tag: string | null;
}
