"""Documents for paper as PDF: drawn with QtGui on A4, without a window; loaded only when one is asked for."""
