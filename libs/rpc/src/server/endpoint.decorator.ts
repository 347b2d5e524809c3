import 'reflect-metadata';

const ENDPOINT = 'bootlab:rpc-endpoint';
const METHODS = 'bootlab:rpc-methods';

export interface EndpointOptions {
  /** `compute_task`, or absent for the endpoint without a namespace. */
  namespace?: string;
  /** Highest version served; a message of the same major and no higher minor version is understood. */
  version: string;
}

/** This class takes RPC messages of a namespace. Plays an endpoint with its `oslo_messaging.Target`. */
export function RpcEndpoint(options: EndpointOptions): ClassDecorator {
  return (target) => Reflect.defineMetadata(ENDPOINT, options, target);
}

/** This method answers the RPC method of that name; it gets the request context and the arguments by name. */
export function RpcMethod(name: string): MethodDecorator {
  return (target, key) => {
    const methods = (Reflect.getMetadata(METHODS, target) ?? new Map()) as Map<string, string | symbol>;
    Reflect.defineMetadata(METHODS, new Map([...methods, [name, key]]), target);
  };
}

export function endpointOptions(endpoint: object): EndpointOptions {
  const options = Reflect.getMetadata(ENDPOINT, endpoint.constructor) as EndpointOptions | undefined;
  if (!options) throw new Error(`${endpoint.constructor.name} takes RPC messages but lacks @RpcEndpoint.`);
  return options;
}

export function endpointMethod(endpoint: object, name: string): string | symbol | undefined {
  return (Reflect.getMetadata(METHODS, endpoint) as Map<string, string | symbol> | undefined)?.get(name);
}
