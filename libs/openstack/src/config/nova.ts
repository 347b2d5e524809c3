import { databaseGroup } from './database';
import { notificationsGroup, rabbitGroup } from './messaging';
import { bool, choice, int, intFrom, list, optionalStr, port, str } from './option';

/** nova.conf: read by compute-api, conductor and compute-manager. Section and option names are Queens' own. */
export const novaConf = {
  file: 'nova.conf',
  groups: {
    DEFAULT: {
      host: optionalStr(undefined, 'Name of this compute host; it is part of its RPC topic. Unset: the machine name.'),
      osapi_compute_listen: str('127.0.0.1', 'Address compute-api listens on.'),
      osapi_compute_listen_port: port(8774, 'Port of compute-api.'),
      transport_url: str(
        'tcp://127.0.0.1',
        'How the RPC messages travel. tcp://ADDRESS needs no broker; rabbit://USER:PASSWORD@HOST:PORT/VHOST uses RabbitMQ.',
      ),
      control_exchange: str('nova', 'Exchange of nova on a broker. Labs that share a virtual host need one each.'),
      rpc_response_timeout: intFrom(0, 60, 'Seconds a call waits for its answer.'),
      report_interval: intFrom(1, 10, 'Seconds between two reports of a service that it is there.'),
      service_down_time: intFrom(1, 60, 'Seconds after the last report for which a service counts as up.'),
      max_concurrent_builds: intFrom(0, 10, 'Instances one compute host builds at the same time; 0 for no limit.'),
      instances_path: str('$state_path/instances', 'Where instance disks and the image cache (_base) are.'),
      force_raw_images: bool(true, 'Convert downloaded images to raw before they enter _base.'),
      use_cow_images: bool(true, 'Give an instance a qcow2 overlay on the cached image.'),
      reserved_host_memory_mb: intFrom(0, 512, 'Memory in MB a host keeps for itself.'),
      enable_instance_password: bool(true, 'Answer POST /servers with adminPass.'),
      max_local_block_devices: int(3, 'Local disks an instance may ask for; negative for no limit.'),
    },
    api: {
      max_limit: intFrom(1, 1000, 'Longest page of a list.'),
    },
    database: databaseGroup(
      'sqlite:///$state_path/nova.sqlite',
      "nova's database, opened by compute-api and conductor:",
    ),
    glance: {
      api_servers: list([], 'URLs of glance-api. Unset: where the lab has it.'),
      num_retries: intFrom(0, 0, 'Further tries when glance-api does not answer.'),
      timeout: intFrom(
        0,
        600,
        'Seconds without a byte from glance-api before the request counts as failed; 0 for no limit.',
      ),
    },
    scheduler: {
      max_attempts: intFrom(1, 3, 'Hosts tried for one instance; the conductor keeps one less as alternates.'),
    },
    oslo_messaging_rabbit: rabbitGroup,
    oslo_messaging_notifications: notificationsGroup,
    quota: {
      instances: intFrom(-1, 10, 'Instances of a project; -1 for no limit.'),
      cores: intFrom(-1, 20, 'Virtual processors of a project; -1 for no limit.'),
      ram: intFrom(-1, 51200, 'Memory of a project in MB; -1 for no limit.'),
      metadata_items: intFrom(-1, 128, 'Metadata items of an instance; -1 for no limit.'),
      injected_files: intFrom(-1, 5, 'Files injected at boot; -1 for no limit.'),
      injected_file_content_bytes: intFrom(-1, 10240, 'Bytes of one injected file; -1 for no limit.'),
      injected_file_path_length: intFrom(-1, 255, "Length of an injected file's path; -1 for no limit."),
      recheck_quota: bool(true, 'Count again in the conductor once the instance rows are there.'),
    },
    notifications: {
      notify_on_state_change: choice(
        ['', 'vm_state', 'vm_and_task_state'],
        '',
        'Which changes of state are told as compute.instance.update; empty for none.',
      ),
      notification_format: choice(['both', 'unversioned', 'versioned'], 'both', 'Which form of notifications is sent.'),
      versioned_notifications_topics: list(['versioned_notifications'], 'Topics of the versioned ones.'),
    },
    compute_host: {
      vcpus: intFrom(0, 64, 'Simulated: virtual processors of a compute host.'),
      memory_mb: intFrom(0, 262144, 'Simulated: memory of a compute host in MB.'),
      local_gb: intFrom(0, 4096, 'Simulated: disk of a compute host in GiB.'),
    },
  },
};
