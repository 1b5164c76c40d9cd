import { launchBrowser } from '../support/browser.ts';

export interface XmlElement {
  /** With the prefix that it was written with. */
  name: string;
  namespace: string | null;
  attributes: Record<string, string>;
  /** Elements and texts. */
  content: (XmlElement | string)[];
}

/** A strict reader of XML: Chromium's. Close it. */
export async function openXmlReader(): Promise<{ read(text: string): Promise<XmlElement>; close(): Promise<void> }> {
  const browser = await launchBrowser();
  const page = await browser.newPage();
  return {
    /** @throws when the text is not well-formed */
    read: (text) =>
      page.evaluate((source) => {
        const found = new DOMParser().parseFromString(source, 'application/xml');
        const problem = found.querySelector('parsererror');
        if (problem) throw new Error(problem.textContent ?? 'It is not well-formed.');
        const plain = (element: Element): XmlElement => ({
          name: element.nodeName,
          namespace: element.namespaceURI,
          attributes: Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])),
          content: [...element.childNodes].flatMap((node): (XmlElement | string)[] => {
            if (node instanceof Element) return [plain(node)];
            return node.textContent ? [node.textContent] : [];
          }),
        });
        return plain(found.documentElement);
      }, text),
    close: () => browser.close(),
  };
}

/** @returns the elements of that name within an element */
export function within(element: XmlElement, name: string): XmlElement[] {
  return element.content.filter((part): part is XmlElement => typeof part !== 'string' && part.name === name);
}

/** @returns the text of an element that holds nothing else */
export function textOf(element: XmlElement | undefined): string {
  const [text = '', ...others] = element?.content ?? [];
  if (typeof text !== 'string' || others.length > 0) throw new Error(`${element?.name} holds more than a text.`);
  return text;
}
