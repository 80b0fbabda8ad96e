/** The few signs that a kitchen reads faster than words. Each stands beside a word or a label, never alone. */

interface IconProps {
  readonly path: string;
}

function Icon({ path }: IconProps) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={path} fill="none" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

export const BellIcon = () => <Icon path="M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4" />;
export const NoBellIcon = () => <Icon path="M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4M3 3l18 18" />;
export const SwapIcon = () => <Icon path="M4 8h15l-4-4M20 16H5l4 4" />;
export const CheckIcon = () => <Icon path="M4 13l5 5L20 6" />;
export const CrossIcon = () => <Icon path="M5 5l14 14M19 5L5 19" />;
export const BinIcon = () => <Icon path="M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14M10 11v6M14 11v6" />;
export const UndoIcon = () => <Icon path="M9 5L4 10l5 5M4 10h10a6 6 0 0 1 0 12h-3" />;
export const WarningIcon = () => <Icon path="M12 3L2 20h20zM12 10v4M12 17.2v.1" />;
export const RushIcon = () => <Icon path="M5 13l7-7 7 7M5 20l7-7 7 7" />;
export const NoteIcon = () => <Icon path="M4 20l1-5L16 4l4 4L9 19zM14 6l4 4" />;
export const BackIcon = () => <Icon path="M15 4l-8 8 8 8" />;
export const OnIcon = () => <Icon path="M9 4l8 8-8 8" />;
export const FlameIcon = () => <Icon path="M12 3c1 4 6 6 6 11a6 6 0 0 1-12 0c0-2 1-4 2-5 1 2 2 2 2 2 0-3 0-5 2-8z" />;
export const WaitIcon = () => <Icon path="M7 3h10M7 21h10M8 3c0 6 8 12 8 18M16 3c0 6-8 12-8 18" />;
