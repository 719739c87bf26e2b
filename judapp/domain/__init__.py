"""The field itself: periods, units, figures, forms, relations, measures. No Qt, SQL, workbook or file."""
