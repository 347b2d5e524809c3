import { containerFormats, diskFormats } from '@bootlab/openstack';
import { Command, Option } from 'commander';
import { group, lazily, leaf } from '../../cli/leaf';
import { natural, property } from '../../cli/parsers';

/** `image create`, `image list`, `image show`, `image save`, `image delete`. */
export function defineImage(program: Command): void {
  const image = group(program, 'image', 'upload, look at, download and delete images');

  leaf(image, 'create', 'upload a file as an image', [
    [
      'bootlab image create --file cirros.img --name cirros --disk-format qcow2 --container-format bare',
      'a qcow2 disk',
    ],
    ['bootlab image create --file rescue.iso --name rescue --disk-format iso --container-format bare --public', 'a CD'],
    ['bootlab image create … --property os_distro=debian --property hw_disk_bus=virtio', 'with properties'],
  ])
    .requiredOption('--file <path>', 'the file to upload')
    .requiredOption('--name <name>', 'name of the image')
    .addOption(
      new Option('--disk-format <format>', 'how the disk is laid out').choices(diskFormats).makeOptionMandatory(),
    )
    .addOption(
      new Option('--container-format <format>', 'what is wrapped around the disk; bare for nothing')
        .choices(containerFormats)
        .makeOptionMandatory(),
    )
    .option('--property <key=value>', 'a property; may be given several times', property)
    .option('--min-disk <GiB>', 'smallest disk of a flavor that boots it', natural)
    .option('--min-ram <MB>', 'least memory of a flavor that boots it', natural)
    .option('--public', 'let every project see it')
    .option('--protected', 'refuse to delete it')
    .option('--json', 'print JSON')
    .action(lazily(async () => (await import('./create')).createImage));

  leaf(image, 'list', 'list the images', [['bootlab image list', 'all images, also private ones']])
    .option('--json', 'print JSON')
    .action(lazily(async () => (await import('./list')).listImages));

  leaf(image, 'show', 'show one image', [['bootlab image show demo', 'by name or id']])
    .argument('<image>', 'name or id')
    .option('--json', 'print JSON')
    .action(lazily(async () => (await import('./show')).showImage));

  leaf(image, 'save', 'download the bytes of an image', [
    ['bootlab image save demo --file demo.raw', 'to a file, which appears once it is whole'],
  ])
    .argument('<image>', 'name or id')
    .requiredOption('--file <path>', 'where to write it')
    .action(lazily(async () => (await import('./save')).saveImage));

  leaf(image, 'delete', 'delete images', [['bootlab image delete demo', 'by name or id']])
    .argument('<image...>', 'names or ids')
    .action(lazily(async () => (await import('./delete')).deleteImages));
}
