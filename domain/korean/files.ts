import type { Sentences } from './sentences';

/** Why a file cannot be taken in. */
export const FILES: Sentences = {
  'The file is cut off or damaged: save it, or download it, once more.':
    '파일이 잘렸거나 손상되었습니다. 다시 저장하거나 내려받으세요.',
  'The file is cut off: a quotation mark near line {line} is not closed. Download it once more.':
    '파일이 잘렸습니다. {line}행 근처의 따옴표가 닫히지 않았습니다. 다시 내려받으세요.',
  'The file is cut off: a quotation mark is not closed. Download it once more.':
    '파일이 잘렸습니다. 따옴표가 닫히지 않았습니다. 다시 내려받으세요.',
  'The file cannot be read as CSV near line {line} ({code}): open it in Excel and save it as .xlsx.':
    'CSV로 읽을 수 없습니다 ({line}행 근처, {code}). 엑셀에서 열어 .xlsx로 저장하세요.',
  'The file cannot be read as CSV ({code}): open it in Excel and save it as .xlsx.':
    'CSV로 읽을 수 없습니다 ({code}). 엑셀에서 열어 .xlsx로 저장하세요.',
  'The file unpacks to {size} MiB, which no list of orders does; {most} MiB are allowed. Copy its rows into a new workbook.':
    '파일을 풀면 {size}MiB입니다. {most}MiB까지 됩니다. 행을 새 통합 문서에 복사하세요.',
  'The file is protected by a password: save it without one.':
    '암호가 걸린 파일입니다. 암호 없이 저장하세요.',
  'The file is neither a workbook nor a CSV in UTF-8 or EUC-KR (CP949): save it as .xlsx or as CSV UTF-8.':
    '통합 문서도, UTF-8이나 EUC-KR(CP949) CSV도 아닙니다. .xlsx나 CSV UTF-8로 저장하세요.',
  'The file is cut off: its last row, {row}, has {columns} of {of} columns. Download it once more.':
    '파일이 잘렸습니다. 마지막 {row}행이 {of}열 중 {columns}열뿐입니다. 다시 내려받으세요.',
  'There is no such body': '그런 내용이 없습니다',
  'No file has been read': '읽은 파일이 없습니다',
  'The file could not be read ({code})': '파일을 읽지 못했습니다 ({code})',
  'The thread that reads the file has ended': '파일을 읽던 작업이 끝났습니다',
  'The file took more than {minutes} minutes: split it into several.':
    '파일을 읽는 데 {minutes}분이 넘게 걸립니다. 나누어 올리세요.',
  'The file needs more than {size} MiB of memory to be read: split it, or copy its rows into a new workbook.':
    '파일을 읽는 데 메모리가 {size}MiB 넘게 필요합니다. 나누거나, 행을 새 통합 문서에 복사하세요.',
  'The file has {size} MiB; {most} MiB are allowed: split it into several.':
    '파일이 {size}MiB입니다. {most}MiB까지 됩니다. 나누어 올리세요.',
  'The file has {size} MiB beside its sheets; {most} MiB are allowed: copy its rows into a new workbook, or split it.':
    '시트 밖의 내용이 {size}MiB입니다. {most}MiB까지 됩니다. 행을 새 통합 문서에 복사하거나 나누세요.',
  'The file has formulas: paste its cells as values.': '수식이 든 파일입니다. 값으로 붙여 넣으세요.',
  'The templates {one} and {other} both fit the header in row {row}: say which with --template.':
    '양식 {one}, {other} 둘 다 {row}행의 제목 줄에 맞습니다. 양식을 고르세요.',
  'Two columns are called {header} in row {row}: rename the one that is not meant.':
    '{row}행에 {header} 열이 둘입니다. 아닌 쪽의 이름을 바꾸세요.',
  'The file is empty.': '빈 파일입니다.',
  'The file is in the format of Excel 97 (.xls): save it as .xlsx.':
    '엑셀 97 형식(.xls)입니다. .xlsx로 저장하세요.',
  'The file is a PDF, and no list of orders.': 'PDF 파일입니다. 주문 목록이 아닙니다.',
  'The file is a web page, though its name may say otherwise: open it in Excel and save it as .xlsx.':
    '이름과 달리 웹 페이지 파일입니다. 엑셀에서 열어 .xlsx로 저장하세요.',
  'The file has more than {rows} rows: split it into several.':
    '파일이 {rows}행을 넘습니다. 나누어 올리세요.',
  'None of the first {rows} rows is a header with {headers}.':
    '처음 {rows}행에 {headers} 제목 줄이 없습니다.',
  'The header lacks {headers}: begin with an exported file.':
    '제목 줄에 {headers} 열이 없습니다. 내려받은 파일에서 시작하세요.',
  'The file has no sheet that is shown.': '파일에 보이는 시트가 없습니다.',
  'There is no order below the header in row {row}.': '{row}행의 제목 줄 아래에 주문이 없습니다.',
  'The marked copy has no sheet.': '표시한 사본에 시트가 없습니다.',
  'The sheets {one} and {other} both have a fitting header: say which with --sheet.':
    '시트 {one}, {other} 둘 다 제목 줄이 맞습니다. 시트를 고르세요.',
  'The template {template} is of no use. {flaw}': '쓸 수 없는 양식입니다: {template}. {flaw}',
  'There is no template yet: {hint}': '아직 양식이 없습니다.',
  'The first {rows} rows of the file are empty.': '파일의 처음 {rows}행이 비어 있습니다.',
  'None of the first {rows} rows is the header of a template; there are: {templates}.':
    '처음 {rows}행에 양식의 제목 줄이 없습니다. 있는 양식: {templates}.',
  'No template fits. Row {row} looks like the header of {template}, but lacks {headers}; there are: {templates}.':
    '맞는 양식이 없습니다. {row}행이 {template} 제목 줄 같지만 {headers} 열이 없습니다. 있는 양식: {templates}.',
  'column {column}': '{column}열',
  'The file is a binary workbook (.xlsb): save it as .xlsx in Excel.':
    '바이너리 통합 문서(.xlsb)입니다. 엑셀에서 .xlsx로 저장하세요.',
  'The file is an OpenDocument file: save it as .xlsx.': 'OpenDocument 파일입니다. .xlsx로 저장하세요.',
  'The file is a zip archive and no workbook: unpack it, and give the workbook in it.':
    '압축 파일입니다. 풀어서 그 안의 통합 문서를 올리세요.',
  'The file has no sheet: save it, or download it, once more.':
    '파일에 시트가 없습니다. 다시 저장하거나 내려받으세요.',
  'All sheets of the file are hidden: say which is meant with --sheet; there are: {sheets}.':
    '파일의 시트가 모두 숨겨져 있습니다. 시트를 고르세요: {sheets}.',
  'The file has no such sheet; there are: {sheets}.': '그런 시트가 없습니다. 있는 시트: {sheets}.',
  'Two of its columns mean the same.': '두 열의 뜻이 같습니다.',
  'Two of its columns are called the same.': '두 열의 이름이 같습니다.',
  'It has no column for {fields}.': '빠진 열: {fields}.',
  'Samples carry no revenue, so that it cannot have {fields}.':
    '샘플에는 매출이 없어 {fields} 열을 둘 수 없습니다.',
  'It needs either amount (of the whole line) or unitPrice: what the customer pays.':
    '고객이 낸 금액이 필요합니다. 줄 전체 금액(amount)이나 단가(unitPrice) 중 하나입니다.',
};
