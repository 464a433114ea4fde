import CXLSXWriter
package import ExactMoney
import Glibc

/// A sheet while it is written, row by row and in each of them cell by cell.
///
/// A text is a text whatever it looks like: nothing that is put here becomes a formula but what
/// ``putSum(_:result:)`` is told.
@safe package final class WorkbookSheet {
  /// The rows that Excel has, the header among them.
  package static let excelRows = 1_048_576

  package let name: String
  private let columns: [WorkbookColumn]
  private let sheet: UnsafeMutablePointer<lxw_worksheet>
  private let styles: WorkbookStyles
  private let rowsMax: Int
  /// Of the row that is written; the header of a table is row 0. -1 before the first row.
  private var current: Int
  private var row: UInt32 { UInt32(max(0, current)) }
  private var column: UInt16 = 0
  /// Rows that did not fit any more.
  package private(set) var leftOut = 0
  /// Amounts that stand as texts, as they have more than 15 digits.
  package private(set) var textAmounts = 0

  init(
    _ name: String, _ columns: [WorkbookColumn], _ sheet: UnsafeMutablePointer<lxw_worksheet>,
    _ styles: WorkbookStyles, rowsMax: Int
  ) {
    self.name = name
    self.columns = columns
    unsafe self.sheet = sheet
    self.styles = styles
    self.rowsMax = rowsMax
    current = columns.isEmpty ? -1 : 0
    for (position, column) in columns.enumerated() {
      setWidth(position, column.width)
      unsafe worksheet_write_string(sheet, 0, UInt16(position), column.name, styles.header)
    }
    setUpPrint()
    guard !columns.isEmpty else { return }
    unsafe worksheet_freeze_panes(sheet, 1, 1)
    unsafe worksheet_repeat_rows(sheet, 0, 0)
  }

  /// On paper all columns stand beside each other.
  private func setUpPrint() {
    let a4: UInt8 = 9
    unsafe worksheet_set_landscape(sheet)
    unsafe worksheet_set_paper(sheet, a4)
    unsafe worksheet_fit_to_pages(sheet, 1, 0)
  }

  /// Sets the width of a column, in characters.
  package func setWidth(_ column: Int, _ width: Int) {
    let position = UInt16(column)
    unsafe worksheet_set_column(sheet, position, position, Double(width), nil)
  }

  /// Begins a row.
  ///
  /// - Returns: False where the sheet is full; the row is counted as left out.
  package func beginRow() -> Bool {
    guard current + 1 < rowsMax else {
      leftOut += 1
      return false
    }
    current += 1
    column = 0
    return true
  }

  package func skip() {
    column += 1
  }

  package func put(_ text: String) {
    let isId = Int(column) < columns.count && columns[Int(column)].kind == .id
    unsafe put(text, isId ? styles.id : nil)
  }

  package func putTitle(_ text: String) {
    unsafe put(text, styles.title)
  }

  package func putHeader(_ text: String) {
    unsafe put(text, styles.header)
  }

  private func put(_ text: String, _ style: WorkbookStyles.Style?) {
    if !text.isEmpty {
      unsafe worksheet_write_string(sheet, row, column, WorkbookText.cell(text), style)
    }
    column += 1
  }

  package func put(_ count: Int) {
    unsafe worksheet_write_number(sheet, row, column, Double(count), styles.count)
    column += 1
  }

  package func put(_ money: Money) {
    put(money.minorUnits, scale: money.currency.minorDigits, decimals: money.currency.minorDigits) {
      money.text
    }
  }

  /// An amount, with at least `decimals` decimals.
  package func put(_ amount: ExactAmount, decimals: Int) {
    put(amount.picos, scale: ExactAmount.scale, decimals: decimals) {
      amount.text(decimals: decimals)
    }
  }

  private func put(_ units: Int128, scale: Int, decimals: Int, _ text: () -> String) {
    guard let (number, needed) = WorkbookNumber.value(units, scale: scale) else {
      textAmounts += 1
      return unsafe put(text(), styles.id)
    }
    let style = unsafe styles.amount(decimals: max(decimals, needed))
    unsafe worksheet_write_number(sheet, row, column, number, style)
    column += 1
  }

  /// A day.
  ///
  /// - Parameter number: Days since 1970-01-01; the spreadsheet has none before March 1900, which
  ///   are put as `text`.
  package func put(day number: Int32, _ text: String) {
    let serial = Int(number) + 25_569
    guard serial > 60 else { return put(text) }
    unsafe worksheet_write_number(sheet, row, column, Double(serial), styles.date)
    column += 1
  }

  /// A formula, in English and with commas, which is reckoned over whole columns at once.
  ///
  /// - Parameter result: What it gives; shown by programs that do not reckon.
  package func putSum(_ formula: String, result: Money) {
    let digits = result.currency.minorDigits
    let number = WorkbookNumber.value(result.minorUnits, scale: digits)?.number ?? 0
    let style = unsafe styles.amount(decimals: digits)
    unsafe worksheet_write_array_formula_num(
      sheet, row, column, row, column, "{=\(formula)}", style, number)
    column += 1
  }

  /// As ``putSum(_:result:)``, of whole numbers.
  package func putSum(_ formula: String, result: Int) {
    unsafe worksheet_write_array_formula_num(
      sheet, row, column, row, column, "{=\(formula)}", styles.count, Double(result))
    column += 1
  }

  /// The cells of a column below its header, `register!$F$2:$F$10`; a table without rows has one
  /// empty row.
  ///
  /// - Precondition: There is a column of this name.
  package func range(of name: String) -> String {
    let position = columns.firstIndex { $0.name == name } ?? 0
    var letters = [UInt8](repeating: 0, count: 16)
    unsafe letters.withUnsafeMutableBytes { bytes in
      unsafe lxw_col_to_name(
        bytes.baseAddress?.assumingMemoryBound(to: CChar.self), UInt16(position), 0)
    }
    let column = String(decoding: letters.prefix { $0 != 0 }, as: UTF8.self)
    return "\(self.name)!$\(column)$2:$\(column)$\(max(2, Int(row) + 1))"
  }

  /// Makes a table of what was written.
  ///
  /// - Returns: False if the library refuses.
  func finish() -> Bool {
    guard !columns.isEmpty else { return true }
    // Where rows are not kept in memory the library refuses tables, since it writes their headers
    // itself, when it is too late for that. They are written by us: what it writes while it believes
    // that it keeps rows is never looked at.
    unsafe sheet.pointee.optimize = 0
    defer { unsafe sheet.pointee.optimize = 1 }
    return addTable() == LXW_NO_ERROR
  }

  private func addTable() -> lxw_error {
    let texts = unsafe (columns.map(\.name) + [name]).map { unsafe strdup($0) }
    let headers = UnsafeMutablePointer<lxw_table_column>.allocate(capacity: columns.count)
    unsafe headers.initialize(repeating: lxw_table_column(), count: columns.count)
    defer {
      unsafe headers.deallocate()
      for position in 0...columns.count { unsafe free(texts[position]) }
    }
    for position in columns.indices { unsafe headers[position].header = texts[position] }
    var list = unsafe columns.indices.map { unsafe Optional(headers + $0) } + [nil]
    return unsafe list.withUnsafeMutableBufferPointer { list in
      var options = unsafe lxw_table_options()
      unsafe options.name = texts[columns.count]
      unsafe options.style_type = UInt8(LXW_TABLE_STYLE_TYPE_MEDIUM.rawValue)
      unsafe options.style_type_number = 2
      unsafe options.columns = list.baseAddress
      return unsafe worksheet_add_table(
        sheet, 0, 0, max(1, row), UInt16(columns.count - 1), &options)
    }
  }

  /// The bytes of the rows written so far; nil if one of them could not be written.
  var bytesWritten: Int? {
    guard let file = unsafe sheet.pointee.optimize_tmpfile else { return nil }
    guard unsafe fflush(file) == 0, unsafe ferror(file) == 0 else { return nil }
    return unsafe ftell(file)
  }
}
