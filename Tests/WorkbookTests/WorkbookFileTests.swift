import ByteStreams
import ExactMoney
import Testing

@testable import Workbook

@Suite("Writing a workbook")
struct WorkbookFileTests {
  /// Writes a workbook with one table and returns its parts by name.
  private func parts(
    rowsMax: Int = 100, _ fill: (WorkbookSheet) -> Void
  ) throws -> [String: String] {
    let directory = try FileSystem.makeTemporaryDirectory(
      in: FileSystem.temporaryDirectory(preferred: nil), prefix: "workbook-")
    defer { try? FileSystem.removeDirectory(directory) }
    let path = directory + "/book.xlsx"
    let file = try WorkbookFile(
      path: path, temporaryDirectory: directory, title: "Test <&>", created: 86_400)
    let sheet = try file.addSheet(
      "data",
      columns: [
        WorkbookColumn("id", .id, width: 10), WorkbookColumn("amount", .amount, width: 12),
      ], rowsMax: rowsMax)
    fill(sheet)
    try file.close()
    #expect(try FileSystem.listDirectory(directory) == ["book.xlsx"], "no temporary file is left")
    let archive = try ZipArchive(path)
    var parts: [String: String] = [:]
    for member in archive.members {
      var bytes: [UInt8] = []
      try archive.expand(member) { bytes += $0 }
      parts[member.name] = String(decoding: bytes, as: UTF8.self)
    }
    return parts
  }

  private static let euro = Currency("EUR")

  @Test("texts stay texts, amounts are numbers, and a table with filter lies over both")
  func cells() throws {
    let euro = try #require(Self.euro)
    let parts = try parts { sheet in
      let amounts: [Int128] = [-123_450, 5, 10_000_000_000_000_001]
      for (id, units) in zip(["0012", "=1+1", "1e5"], amounts) {
        guard sheet.beginRow() else { return }
        sheet.put(id)
        sheet.put(Money(minorUnits: units, currency: euro))
      }
      #expect(sheet.textAmounts == 1)
      #expect(sheet.range(of: "amount") == "data!$B$2:$B$4")
    }
    let sheet = try #require(parts["xl/worksheets/sheet1.xml"])
    #expect(sheet.contains("t=\"inlineStr\"><is><t>0012</t>"))
    #expect(sheet.contains("<is><t>=1+1</t>"))
    #expect(sheet.contains("<is><t>100000000000000.01</t>"))
    #expect(sheet.contains("<v>-1234.5</v>"))
    #expect(sheet.contains("state=\"frozen\""))
    #expect(!sheet.contains("<f"))
    let table = try #require(parts["xl/tables/table1.xml"])
    #expect(table.contains("displayName=\"data\" ref=\"A1:B4\""))
    #expect(table.contains("<autoFilter ref=\"A1:B4\"/>"))
    #expect(parts["docProps/core.xml"]?.contains("1970-01-02T00:00:00Z") == true)
  }

  @Test("a table without rows has one that is empty")
  func empty() throws {
    let parts = try parts { #expect($0.range(of: "id") == "data!$A$2:$A$2") }
    #expect(parts["xl/tables/table1.xml"]?.contains("ref=\"A1:B2\"") == true)
  }

  @Test("rows that do not fit are counted")
  func full() throws {
    _ = try parts(rowsMax: 4) { sheet in
      let fitting = (0..<10).count { _ in sheet.beginRow() }
      #expect(fitting == 3)
      #expect(sheet.leftOut == 7)
    }
  }

  @Test("the same content gives the same parts")
  func same() throws {
    func write(_ sheet: WorkbookSheet) {
      guard sheet.beginRow() else { return }
      sheet.put("a")
    }
    #expect(try parts(write) == parts(write))
  }

  @Test("a file that cannot be written is an error")
  func unwritable() throws {
    let file = try WorkbookFile(
      path: "/proc/none/book.xlsx", temporaryDirectory: "/tmp", title: "", created: 0)
    _ = try file.addSheet("data")
    #expect(throws: FileError.self) { try file.close() }
  }

  @Test("a workbook whose rows are not all there is noticed")
  func truncated() throws {
    let directory = try FileSystem.makeTemporaryDirectory(
      in: FileSystem.temporaryDirectory(preferred: nil), prefix: "workbook-")
    defer { try? FileSystem.removeDirectory(directory) }
    let path = directory + "/book.xlsx"
    let file = try WorkbookFile(
      path: path, temporaryDirectory: directory, title: "", created: 0)
    let sheet = try file.addSheet("data")
    for _ in 0..<100 where sheet.beginRow() { sheet.put("text") }
    try file.close()
    #expect(WorkbookCheck.isWhole(path, sheets: [100]))
    #expect(!WorkbookCheck.isWhole(path, sheets: [1_000_000]))
    #expect(!WorkbookCheck.isWhole(path, sheets: [100, 100]))
    #expect(!WorkbookCheck.isWhole(path + "x", sheets: [100]))
  }
}
