import Foundation
import Testing

/// `reconciliation.xlsx`, read by openpyxl.
@Suite("The workbook, as a spreadsheet reads it")
struct WorkbookFileTests {
  /// A cell as openpyxl has it.
  struct Cell: Hashable {
    var sheet: String
    var name: String
    var type: String
    var format: String
    var value: String
    var formula: String

    init?(_ line: Substring) {
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 6, parts[1] != "table" else { return nil }
      (sheet, name, type) = (parts[0], parts[1], parts[2])
      (format, value, formula) = (parts[3], parts[4], parts[5])
    }
  }

  static func dump(_ workbook: URL) throws -> String {
    let result = try Tool.python("workbook_cells.py", [workbook.path])
    #expect(result.code == 0, "\(result.talk)")
    return result.output
  }

  static func cells(_ dump: String) -> [Cell] {
    dump.split(separator: "\n").compactMap(Cell.init)
  }

  @Test("the sample's workbook is what is checked in, cell by cell")
  func golden() throws {
    let workspace = try ReportWorkspace()
    defer { workspace.remove() }
    try workspace.payout(["run"])
    let dump = try Self.dump(workspace.outbox.appending(path: "reconciliation.xlsx"))
    let golden = Program.root.appending(path: "samples/csp-expected/reconciliation.txt")
    if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] != nil {
      try Data(dump.utf8).write(to: golden)
      Issue.record("recorded; look at the change and run again without RECORD_GOLDENS")
      return
    }
    #expect(dump == (try String(contentsOf: golden, encoding: .utf8)))
    try Self.compareRegister(workspace.outbox, Self.cells(dump))
    let checks = Self.cells(dump).filter { $0.sheet == "summary" && $0.type == "f" }
    let zero = checks.filter { $0.formula.contains("-") }
    #expect(zero.count == 3 * 5 + 2)
    #expect(zero.allSatisfy { $0.value == "0" })
    #expect(dump.contains("register\ttable\tregister\tA1:T10\tA1:T10\tB2"))
  }

  /// Compares the sheet `register` with the CSV.
  static func compareRegister(_ outbox: URL, _ cells: [Cell]) throws {
    let rows = try Outbox(directory: outbox).table("register.csv")
    let found = Dictionary(
      uniqueKeysWithValues: cells.filter { $0.sheet == "register" }.map { ($0.name, $0) })
    let header = (0..<20).map { found[Self.name(0, $0)]?.value ?? "" }
    for (number, row) in rows.enumerated() {
      for (column, title) in header.enumerated() {
        let text = row[title] ?? ""
        let cell = found[name(number + 1, column)]
        let isAmount = (5...15).contains(column)
        #expect(cell?.type ?? "s" == (isAmount && isShort(text) ? "n" : "s"), "\(title) \(text)")
        let shown = isAmount ? decimal(cell?.value ?? "", like: text) : cell?.value ?? ""
        #expect(shown == (text.hasPrefix("'") ? String(text.dropFirst()) : text), "\(title)")
      }
    }
    #expect(cells.count { $0.sheet == "register" && $0.name.hasPrefix("B") } == rows.count + 1)
  }

  /// Whether a spreadsheet keeps all digits of an amount.
  private static func isShort(_ text: String) -> Bool { text.count(where: \.isNumber) <= 15 }

  private static func name(_ row: Int, _ column: Int) -> String {
    "\(Character(Unicode.Scalar(UInt8(65 + column))))\(row + 1)"
  }

  /// A number as Python prints it, with as many decimals as another.
  private static func decimal(_ value: String, like text: String) -> String {
    let decimals = text.split(separator: ".").count > 1 ? text.split(separator: ".")[1].count : 0
    guard isShort(text), let number = Double(value) else { return value }
    return String(format: "%.\(decimals)f", number)
  }

  @Test("ids stay texts, formulas of partners stay texts, amounts that are too long become texts")
  func hostile() throws {
    let workspace = try HostileReport.workspace()
    defer { workspace.remove() }
    try workspace.payout(["run"])
    let dump = try Self.dump(workspace.outbox.appending(path: "reconciliation.xlsx"))
    let cells = Self.cells(dump)
    try Self.compareRegister(workspace.outbox, cells)
    #expect(cells.filter { $0.type == "f" }.allSatisfy { $0.sheet == "summary" })
    #expect(cells.contains { $0.sheet == "register" && $0.value == HostileReport.formula })
    let summary = cells.filter { $0.sheet == "summary" }.map(\.value)
    #expect(summary.contains { $0.contains("amounts have more than 15 digits") })
    #expect(summary.contains { $0.hasPrefix("JPY: the amounts are too large") })
    let checks = cells.filter {
      $0.sheet == "summary" && $0.type == "f" && $0.formula.contains("-")
    }
    #expect(!checks.isEmpty && checks.allSatisfy { $0.value == "0" })
    #expect(summary.contains("0, see below"))
  }
}
