"""Prints what a spreadsheet program finds in a workbook, a line for each cell.

workbook_cells.py WORKBOOK

sheet, cell, type (s text, n number, d date), number format, value and formula, with tabs between them; then
of each sheet its tables and where it is frozen.
"""

import sys

import openpyxl


def main():
    formulas = openpyxl.load_workbook(sys.argv[1])
    values = openpyxl.load_workbook(sys.argv[1], data_only=True)
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is None:
                    continue
                value = values[sheet.title][cell.coordinate].value
                formula = getattr(cell.value, "text", cell.value) if cell.data_type == "f" else ""
                parts = [sheet.title, cell.coordinate, cell.data_type, cell.number_format,
                         str(value), formula]
                print("\t".join(part.replace("\n", "\\n").replace("\t", "\\t") for part in parts))
        for table in sheet.tables.values():
            filters = table.autoFilter.ref if table.autoFilter else "none"
            print(f"{sheet.title}\ttable\t{table.name}\t{table.ref}\t{filters}\t{sheet.freeze_panes}")


main()
