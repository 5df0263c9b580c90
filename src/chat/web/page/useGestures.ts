import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** So far to the side is a swipe, in CSS pixels. */
const SWIPE_PX = 60;

const distance = ([a, b]: readonly Touch[]) => (a && b ? Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) : 0);

/** Fingers on an element: `pinch` is called with how much farther apart two of them are than a moment ago, `swipe` with -1 or 1. */
export const useGestures = (
  element: RefObject<HTMLElement | null>,
  on: { pinch(by: number): void; swipe(by: number): void },
): void => {
  const heard = useRef(on);
  heard.current = on;
  useEffect(() => {
    const it = element.current;
    if (!it) return;
    let from: Touch | undefined;
    let apart = 0;
    const start = ({ touches }: TouchEvent) => {
      from = touches.length === 1 ? touches[0] : undefined;
      apart = distance([...touches]);
    };
    const move = (event: TouchEvent) => {
      if (event.touches.length !== 2) return;
      event.preventDefault(); // the browser would zoom the page
      const now = distance([...event.touches]);
      if (apart > 0 && now > 0) heard.current.pinch(now / apart);
      apart = now;
    };
    const end = ({ changedTouches: [to] }: TouchEvent) => {
      if (!from || !to) return;
      const [x, y] = [to.clientX - from.clientX, to.clientY - from.clientY];
      if (Math.abs(x) > SWIPE_PX && Math.abs(x) > 2 * Math.abs(y)) heard.current.swipe(x < 0 ? 1 : -1);
      from = undefined;
    };
    it.addEventListener("touchstart", start, { passive: true });
    it.addEventListener("touchmove", move, { passive: false });
    it.addEventListener("touchend", end, { passive: true });
    return () => {
      it.removeEventListener("touchstart", start);
      it.removeEventListener("touchmove", move);
      it.removeEventListener("touchend", end);
    };
  }, []);
};
