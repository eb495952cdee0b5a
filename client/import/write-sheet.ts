import { columnName } from './cell-name';
import { escapeXml } from './mark-workbook';
import { packPart, writeArchive } from './write-archive';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OF_OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const OF_PACKAGES = 'http://schemas.openxmlformats.org/package/2006';
const DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/**
 * A workbook of one sheet, packed while its rows are made, so that only the packed bytes are kept. Text stays as
 * it is written, numbers are numbers (ECMA-376, part 1, 18.3).
 *
 * @param widths of the columns, in characters.
 */
export async function writeSheet(
  name: string,
  rows: AsyncIterable<readonly (string | number)[]>,
  widths: readonly number[],
): Promise<Buffer> {
  return writeArchive([
    await packPart('[Content_Types].xml', [DECLARED, contentTypes()]),
    await packPart('_rels/.rels', [DECLARED, relation('officeDocument', 'xl/workbook.xml')]),
    await packPart('xl/workbook.xml', [DECLARED, workbook(name)]),
    await packPart('xl/_rels/workbook.xml.rels', [DECLARED, relation('worksheet', 'worksheets/sheet1.xml')]),
    await packPart('xl/worksheets/sheet1.xml', sheet(rows, widths)),
  ]);
}

async function* sheet(rows: AsyncIterable<readonly (string | number)[]>, widths: readonly number[]) {
  const columns = widths.map(
    (width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}"/>`,
  );
  yield `${DECLARED}<worksheet xmlns="${MAIN}"><cols>${columns.join('')}</cols><sheetData>`;
  let row = 0;
  for await (const cells of rows) {
    row += 1;
    const written = cells.map((cell, column) => cellOf(cell, `${columnName(column)}${row}`));
    yield `<row r="${row}">${written.join('')}</row>`;
  }
  yield '</sheetData></worksheet>';
}

function cellOf(cell: string | number, at: string): string {
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
  return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell)}</t></is></c>`;
}

function contentTypes(): string {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  return `<Types xmlns="${OF_PACKAGES}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${type}.worksheet+xml"/></Types>`;
}

function relation(kind: string, target: string): string {
  return `<Relationships xmlns="${OF_PACKAGES}/relationships"><Relationship Id="rId1" Type="${OF_OFFICE}/${kind}" Target="${target}"/></Relationships>`;
}

function workbook(name: string): string {
  return `<workbook xmlns="${MAIN}" xmlns:r="${OF_OFFICE}"><sheets><sheet name="${escapeXml(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>`;
}
