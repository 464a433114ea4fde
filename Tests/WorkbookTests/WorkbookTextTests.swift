import Testing

@testable import Workbook

@Suite("Texts in cells")
struct WorkbookTextTests {
  @Test(
    "what a cell cannot hold is written in Excel's way",
    arguments: [
      ("plain 프로즈웨어", "plain 프로즈웨어"), ("=1+1", "=1+1"), ("a\tb\nc", "a\tb\nc"),
      ("\u{1B}[31m", "_x001B_[31m"), ("a\0b", "a_x0000_b"), ("_x0041_", "_x005F_x0041_"),
      ("_x00", "_x00"), ("_xyz12_", "_xyz12_"), ("bad \u{FFFE}", "bad \u{FFFD}"),
      ("cr\rlf", "cr_x000D_lf"),
    ])
  func escaping(text: String, cell: String) {
    #expect(WorkbookText.cell(text) == cell)
  }

  @Test("a text that is too long says that it was cut, also in characters of two units")
  func cut() {
    let fits = String(repeating: "x", count: WorkbookText.unitsMax)
    #expect(WorkbookText.cell(fits) == fits)
    for letter in ["x", "😀"] {
      let long = WorkbookText.cell(String(repeating: letter, count: 40_000))
      #expect(long.utf16.count <= WorkbookText.unitsMax)
      #expect(long.utf16.count > WorkbookText.unitsMax - 2)
      #expect(long.hasSuffix("the CSV has the whole text"))
    }
  }

  /// Units, scale, and what the cell shows of it.
  @Test(
    "decimals of up to 15 digits are numbers, longer ones are not",
    arguments: [
      (Int128(126_092), 2, "1260.92"), (-5, 1, "-0.5"), (0, 2, "0.0"),
      (999_999_999_999_999, 2, "9999999999999.99"), (1_000_000_000_000_001, 2, nil),
      (12_345_678_900_000_000, 12, "12345.6789"), (1_000_000_000_000_000, 3, "1000000000000.0"),
    ] as [(Int128, Int, String?)])
  func numbers(units: Int128, scale: Int, shown: String?) {
    #expect(WorkbookNumber.value(units, scale: scale).map { "\($0.number)" } == shown)
  }
}
