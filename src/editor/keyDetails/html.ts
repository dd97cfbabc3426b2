import * as vscode from 'vscode';

/**
 * The page: an empty body, one script, one style sheet. Nothing of a key is written into it; all of that comes as messages and becomes
 * text nodes. Nothing may be loaded, sent or framed.
 */
export function pageHtml(webview: vscode.Webview, folder: vscode.Uri): string {
  const nonce = Array.from(crypto.getRandomValues(new Uint8Array(18)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const uri = (name: string): string => attribute(webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString());
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource}; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="${attribute(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${attribute(vscode.l10n.t('Key details'))}</title>
<link rel="stylesheet" href="${uri('keyDetails.css')}">
</head>
<body>
<script nonce="${nonce}" src="${uri('keyDetails.js')}"></script>
</body>
</html>`;
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
