import { type CSSVariablesResolver, createTheme } from '@mantine/core';

export const theme = createTheme({
  primaryColor: 'indigo',
  // Shade 7 on white has the contrast that small text needs.
  primaryShade: 7,
  fontFamily:
    "Pretendard, 'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans KR', 'Noto Sans CJK KR', sans-serif",
  defaultRadius: 'md',
  components: {
    Table: { defaultProps: { highlightOnHover: true, verticalSpacing: 6 } },
    Button: { defaultProps: { size: 'xs' } },
    Notification: { styles: { description: { color: 'var(--mantine-color-dimmed)' } } },
    // Its colour has too little contrast on its own ground where it is orange or yellow.
    Alert: { styles: { title: { color: 'var(--mantine-color-dark-8)' } } },
  },
});

/** Mantine's own grey of lesser words has too little contrast for small text. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-7)',
  },
  dark: {},
});
