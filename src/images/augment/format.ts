/** A number for a caption: few digits, a real minus sign. */
export const figure = (it: number, digits = 0): string => {
  const text = Math.abs(it).toFixed(digits);
  return Number(text) === 0 || it >= 0 ? text : `−${text}`;
};

/** A fraction as a percentage: "63 %". */
export const percent = (it: number): string => `${figure(it * 100)} %`;
