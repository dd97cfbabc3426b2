// @ts-check
// The page that opens the workbench, as vscode.dev's does: configuration in a meta element, everything else static files.

/** @typedef {{ scheme: string, authority: string, path: string }} UriParts */
/**
 * @typedef {object} PageOptions
 * @property {string} base where VS Code's own files are served, without a slash at the end
 * @property {UriParts[]} extensions folders of extensions, built in for this page
 * @property {Record<string, unknown>} settings in the place of the person's own
 * @property {UriParts} folder
 * @property {string} host of the page, with its port
 */

/** @param {PageOptions} options @returns {string} */
export function page({ base, extensions, settings, folder, host }) {
  const configuration = {
    folderUri: folder,
    additionalBuiltinExtensions: extensions,
    configurationDefaults: settings,
    // This build wants to be told; with the folder's root, data is at /User of the browser's own storage, as it is on vscode.dev.
    userDataPath: '/',
    isEnabledFileDownloads: true,
    isEnabledFileUploads: true,
    isEnabledCoderGettingStarted: false,
    productConfiguration: {
      enableTelemetry: false,
      extensionsGallery: undefined,
      extensionEnabledApiProposals: { 'stigg-test.web-test-files': ['fileSearchProvider'] },
      // An origin of their own for extensions, as there: what a browser forbids there is forbidden here. Not so for webviews, whose service
      // worker this browser would refuse to another site.
      webEndpointUrlTemplate: `http://{{uuid}}.${host}/build`,
      webviewContentExternalBaseUrlTemplate: `http://${host}/build/out/vs/workbench/contrib/webview/browser/pre/`,
    },
  };
  return `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta id="vscode-workbench-web-configuration" data-settings="${escaped(JSON.stringify(configuration))}">
<link rel="stylesheet" href="${base}/out/vs/code/browser/workbench/workbench.css">
<link rel="icon" href="data:,">
</head>
<body aria-label="">
<script>globalThis._VSCODE_FILE_ROOT = ${JSON.stringify(`${base}/out/`)};</script>
<script type="module" src="${base}/out/nls.messages.js"></script>
<script type="module" src="${base}/out/vs/code/browser/workbench/workbench.js"></script>
</body>
</html>
`;
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
