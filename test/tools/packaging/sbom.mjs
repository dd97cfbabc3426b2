// @ts-check
import { createHash } from 'node:crypto';

/** @typedef {import('./components.mjs').Component} Component */
/**
 * @typedef {object} Product
 * @property {string} name
 * @property {string} version
 * @property {string} license
 * @property {string} description
 * @property {string} purl
 * @property {string} repository an address
 * @property {'application'} type
 * @property {{ name: string, version: string, license: string }[]} [optional] packages that are not inside and may be installed beside it
 */

/** @param {string} name @param {string | undefined} version */
const purlOf = (name, version) => `pkg:npm/${name.replace('@', '%40')}${version === undefined ? '' : `@${version}`}`;

/**
 * A CycloneDX 1.6 bill of materials of what is shipped, and of nothing that only built it. It has no time and no random number: the
 * same content is the same bill.
 * @param {Product} product @param {readonly Component[]} components
 * @returns {string} JSON
 */
export function sbomText(product, components) {
  const root = product.purl;
  const optional = (product.optional ?? []).map(({ name, version, license }) => {
    const purl = purlOf(name, version);
    return { type: 'library', 'bom-ref': purl, name, version, scope: 'optional', licenses: licensesOf(license), purl };
  });
  const content = {
    metadata: {
      component: {
        type: product.type, 'bom-ref': root, name: product.name, version: product.version, description: product.description, licenses: licensesOf(product.license),
        purl: root, externalReferences: [{ type: 'vcs', url: product.repository }],
      },
    },
    components: [...components.map((component) => described(component)), ...optional],
    dependencies: [
      { ref: root, dependsOn: [...components.map(refOf), ...optional.map(({ purl }) => purl)] },
      ...components.map((component) => ({ ref: refOf(component), dependsOn: component.dependencies.map((name) => refOf(/** @type {Component} */ (components.find((each) => each.name === name)))) })),
      ...optional.map(({ purl }) => ({ ref: purl, dependsOn: [] })),
    ],
  };
  return `${JSON.stringify({ $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json', bomFormat: 'CycloneDX', specVersion: '1.6', serialNumber: serialOf(content), version: 1, ...content }, null, 2)}\n`;
}

/** @param {Component} component @returns {string} */
const refOf = ({ name, version }) => purlOf(name, version);

/** @param {Component} component @param {Component} [owner] @returns {Record<string, unknown>} */
function described(component, owner) {
  const { name, version, license, homepage, integrity, files, carries } = component;
  const [, group, bare] = /^(@[^/]+)\/(.+)$/.exec(name) ?? [undefined, undefined, name];
  const inside = [
    ...carries.map((part) => described(part, component)),
    ...files.map((file) => ({ type: 'file', 'bom-ref': file.name, name: file.name, hashes: [{ alg: 'SHA-256', content: file.sha256 }] })),
  ];
  return {
    type: 'library', 'bom-ref': owner === undefined ? refOf(component) : `${refOf(owner)}#${name}`,
    ...(group === undefined ? {} : { group }), name: bare,
    ...(version === undefined ? {} : { version }),
    ...(integrity === undefined ? {} : { hashes: [{ alg: 'SHA-512', content: integrity }] }),
    scope: 'required', licenses: licensesOf(license), purl: refOf(component),
    ...(homepage === undefined ? {} : { externalReferences: [{ type: 'vcs', url: homepage }] }),
    ...(inside.length === 0 ? {} : { components: inside }),
  };
}

/** @param {string} license */
function licensesOf(license) {
  return / (OR|AND) /.test(license) ? [{ expression: license.replace(/^\((.*)\)$/, '$1') }] : [{ license: { id: license } }];
}

/** A UUID (version 8) made from the content. @param {unknown} content */
function serialOf(content) {
  const hex = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) % 4);
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
