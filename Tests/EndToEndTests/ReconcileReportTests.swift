import Foundation
import Testing

/// What became of payments at the bank, in the reports of a period.
@Suite("Reconciliation in report.html and reconciliation.xlsx")
struct ReconcileReportTests {
  typealias World = ReconcileWorld

  private func outbox(_ world: World, _ period: String) -> URL {
    world.root.appending(path: "outbox/\(period)")
  }

  private func page(_ world: World, _ period: String) throws -> String {
    try String(contentsOf: outbox(world, period).appending(path: "report.html"), encoding: .utf8)
  }

  /// The tables of the page without their markup, one row a line.
  private func rows(_ page: String) -> [String] {
    page.components(separatedBy: "<tr>").map { row in
      row.replacing(#/<[^>]*>/#, with: " ").split(whereSeparator: \.isWhitespace)
        .joined(separator: " ")
    }
  }

  @Test("what was issued, booked, came back and is open comes to nothing, in page and workbook")
  func sums() throws {
    let world = try World()
    defer { world.remove() }
    let july = try world.close("2026-07")
    #expect(try !page(world, "2026-07").contains("id=\"bank\""))
    try world.reconcile([
      (
        "july.xml",
        World.camt(
          "camt.053.001.02", World.euroAccount,
          [
            World.entry(july["A"], on: "2026-08-20"),
            World.entry(july["B"], on: "2026-08-20", more: 2_00),
            World.entry(july["B"], on: "2026-08-24", back: "AC04"),
          ])
      )
    ])
    try world.run("2026-08")
    let draft = rows(try page(world, "2026-08"))
    let (a, b, e) = (
      try #require(july["A"]?.amount), try #require(july["B"]?.amount),
      try #require(july["E"]?.amount)
    )
    #expect(draft.contains("EUR booked by the bank 1 −\(World.text(a))"))
    #expect(draft.contains("EUR came back 1 −\(World.text(b))"))
    #expect(draft.contains("GBP open, due 6 to 30 days ago 1 −\(World.text(e))"), "\(draft)")
    #expect(draft.contains { $0.hasPrefix("EUR left over 0.00") })
    #expect(
      draft.contains("EUR \(World.text(a + 2_00)) 2.00 \(World.text(a)) 0.00 0 0.00"), "\(draft)")
    #expect(draft.contains { $0.contains(july["B"]?.id ?? "?") && $0.contains("AC04") })
    try compareWorkbook(outbox(world, "2026-08").appending(path: "reconciliation.xlsx"), july)
  }

  private func compareWorkbook(_ file: URL, _ july: [String: World.Payment]) throws {
    let cells = WorkbookFileTests.cells(try WorkbookFileTests.dump(file))
    let sheets = Set(cells.map(\.sheet))
    #expect(sheets.isSuperset(of: ["bank", "bankPayments"]))
    let ids = Set(cells.filter { $0.sheet == "bankPayments" }.map(\.value))
    #expect(ids.isSuperset(of: july.values.map(\.id)))
    let checks = cells.filter { $0.sheet == "summary" && $0.formula.contains("bank!") }
    #expect(checks.count == 2 && checks.allSatisfy { $0.value == "0" }, "\(checks)")
  }

  @Test("those of a closed period are the same whenever they are drawn")
  func redrawn() throws {
    let world = try World()
    defer { world.remove() }
    let july = try world.close("2026-07")
    try world.reconcile([
      (
        "july.xml",
        World.camt(
          "camt.053.001.02", World.euroAccount, [World.entry(july["A"], on: "2026-08-20")])
      )
    ])
    let august = try world.close("2026-08")
    let closed = try page(world, "2026-08")
    try world.reconcile([
      (
        "august.xml",
        World.camt(
          "camt.053.001.02", World.euroAccount,
          [
            World.entry(july["B"], on: "2026-09-20", back: "TM01"),
            World.entry(august["A"], on: "2026-09-20"),
          ])
      )
    ])
    _ = try world.close("2026-09")
    let verified = try world.expect(0, ["verify"])
    #expect(!verified.talk.contains("report.html"), "\(verified.talk)")
    #expect(!verified.talk.contains("reconciliation"), "\(verified.talk)")
    #expect(try page(world, "2026-08") == closed)
    let reports = try Program.files(world.root.appending(path: "reconciliation"))
    #expect(reports.count == 8)
    // Somebody changes one, and somebody removes all: they are found, and come again as they were.
    try PaymentWorkspace.append("x", world.root, "reconciliation/2026-08/summary.csv")
    let changed = try world.expect(65, ["verify"])
    #expect(changed.talk.contains("reconciliation/2026-08/summary.csv"), "\(changed.talk)")
    Program.remove(world.root.appending(path: "reconciliation"))
    try world.run("2026-10")
    #expect(try Program.files(world.root.appending(path: "reconciliation")) == reports)
    try world.expect(0, ["verify", "--quiet"])
  }
}
