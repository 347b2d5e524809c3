/**
 * A scenario to start from: it runs as it is. The title goes in as JSON text, which is YAML too.
 * @param schema path of the JSON Schema from the scenario's folder, by which editors complete keys
 */
export function starter(name: string, title: string, schema: string): string {
  return `# yaml-language-server: $schema=${schema}
name: ${name} # the name of this file
title: ${JSON.stringify(title)}
about: |
  What happens, and why it matters. This is Markdown.
learn:
  - hop: Controller._get_from_store # any end of a hop's dotted name: see \`bootlab hop list\`
    look: What to look at there.
tags: [mine] # in the lab's folder scenarios, \`bootlab run mine\` runs all that have this tag

# What there is before the first step.
given:
  images:
    cirros: { size: 1 MiB, header: qcow2, disk_format: qcow2 }

# What breaks: one of delay, error, truncate, corrupt, hang, drop, kill at a hop.
faults:
  - at: Controller._get_from_store
    delay: 200 ms

# What is done, in order. Each step that makes requests leaves one trace.
when:
  - boot: { image: cirros, flavor: m1.nano }
    as: first

# What must hold afterwards: in the states, and in the trace.
then:
  - server: { status: ACTIVE }
  - path: [LibvirtDriver.spawn, fetch_image, Controller._get_from_store]
  - duration: { of: Controller._get_from_store, at_least: 200 ms }
  - errors: []
`;
}
