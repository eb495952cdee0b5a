import { FileRefused } from './file-refused';

const begins = (file: Buffer, bytes: readonly number[]) => bytes.every((byte, index) => file[index] === byte);
const inUtf16 = (text: string) => Buffer.from(text, 'utf16le');

/** What a file is, by its first bytes; its name says little. @throws FileRefused for what cannot be read. */
export function kindOf(file: Buffer): 'workbook' | 'text' {
  if (file.length === 0) throw new FileRefused('The file is empty.');
  if (begins(file, [0x50, 0x4b, 0x03, 0x04])) return 'workbook';
  if (begins(file, [0xd0, 0xcf, 0x11, 0xe0]))
    throw new FileRefused(
      file.includes(inUtf16('EncryptedPackage'))
        ? 'The file is protected by a password: save it without one.'
        : 'The file is in the format of Excel 97 (.xls): save it as .xlsx.',
    );
  if (begins(file, [0x25, 0x50, 0x44, 0x46]))
    throw new FileRefused('The file is a PDF, and no list of orders.');
  if (/^\ufeff?\s*<(?:!doctype|html|table|\?xml|meta|head|style)/iu.test(file.toString('utf8', 0, 200)))
    throw new FileRefused(
      'The file is a web page, though its name may say otherwise: open it in Excel and save it as .xlsx.',
    );
  return 'text';
}
