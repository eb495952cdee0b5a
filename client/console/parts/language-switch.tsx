import { SegmentedControl } from '@mantine/core';
import { type Language, useLanguage } from '../words';

export function LanguageSwitch({ setLanguage }: { setLanguage: (language: Language) => void }) {
  return (
    <SegmentedControl
      size="xs"
      aria-label="언어 · Language"
      value={useLanguage()}
      onChange={(value) => setLanguage(value === 'en' ? 'en' : 'ko')}
      data={[
        { value: 'ko', label: '한국어' },
        { value: 'en', label: 'EN' },
      ]}
    />
  );
}
