/** `<NAME><![CDATA[…]]></NAME>`; the name is ours, the text may be anything. */
export function element(name: string, text: string): string {
  return `<${name}><![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>`;
}
