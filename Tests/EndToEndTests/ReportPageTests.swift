import Foundation
import Testing

/// `report.html` in a headless Chromium.
@Suite("The report, as a browser shows it", .serialized)
struct ReportPageTests {
  private struct State: Decodable {
    var found: String
    var drawn: Int
    var height: Int
    var sorted: [String]
    var rows: [[String]]
  }

  /// In a window of 1024 pixels: what is too wide, and what is cut.
  private struct Narrow: Decodable {
    var page: Int
    var list: Int
    var cutNumbers: Int
    var unexplained: Int
  }

  private struct Page: Decodable {
    var title: String
    var first: State
    var foreign: Int
    var end: [String]
    var sorted: State
    var sortedAgain: State
    var byName: State
    var searched: State
    var nothing: String
    var headings: [String]
    var unscoped: Int
    var wide: Int
    var narrow: Narrow
    var console: [String]
    var requests: [String]
    var withoutScripts: String
  }

  /// What Chromium makes of a page; nil where there is none that starts, which is said.
  private func open(_ page: URL, search: String) throws -> Page? {
    let result = try Tool.python("report_page.py", [page.path, search])
    if result.code == 77 {
      Issue.record("SKIPPED: no Chromium starts here: \(result.talk)", severity: .warning)
      return nil
    }
    #expect(result.code == 0, "\(result.talk)")
    return try JSONDecoder().decode(Page.self, from: Data(result.output.utf8))
  }

  /// What holds of every page.
  private func check(_ page: Page, _ file: URL) {
    #expect(page.console == [], "nothing is complained about")
    #expect(page.requests == [file.absoluteString], "nothing else is asked for")
    #expect(page.foreign == 0)
    #expect(page.unscoped == 0)
    #expect(page.wide == 0, "only tables scroll sideways")
    #expect(page.narrow.page == 0 && page.narrow.cutNumbers == 0)
    #expect(page.narrow.unexplained == 0, "what is cut can be read")
    #expect(page.headings.first?.hasPrefix("Run report 2026-1") == true)
    #expect(page.withoutScripts.contains("balances needs scripts"))
    #expect(page.withoutScripts.contains("Payments and tax"))
    #expect(page.nothing.hasPrefix("0 of "))
  }

  @Test("search and sort work, by keyboard too, and nothing is loaded from anywhere")
  func sample() throws {
    let workspace = try ReportWorkspace()
    defer { workspace.remove() }
    try workspace.payout(["run"])
    let file = workspace.outbox.appending(path: "report.html").resolvingSymlinksInPath()
    guard let page = try open(file, search: "TAILspin provider") else { return }
    check(page, file)
    let register = try Outbox(directory: workspace.outbox).table("register.csv")
    #expect(page.first.found == "\(register.count) of \(register.count) balances")
    #expect(page.narrow.list == 0, "all columns are seen at once")
    #expect(page.first.rows.map { $0[0] } == register.map { $0["participantId"] ?? "" })
    #expect(page.first.rows[3][8] == "2,728.55")
    #expect(page.sorted.sorted == ["Paid descending"])
    #expect(page.sorted.rows.map { $0[8] }.prefix(3) == ["718,269", "21,693.85", "2,728.55"])
    #expect(page.sortedAgain.rows.last?[8] == "718,269")
    #expect(page.byName.rows[0][1] == "A. Datum Distribution GmbH")
    #expect(page.searched.rows.map { $0[2] } == ["CSP Indirect Provider"])
  }

  @Test("names that are markup are shown as they are")
  func hostile() throws {
    let workspace = try HostileReport.workspace()
    defer { workspace.remove() }
    try workspace.payout(["run"])
    try JournalFileTests.compare(workspace.outbox)
    let file = workspace.outbox.appending(path: "report.html").resolvingSymlinksInPath()
    guard let page = try open(file, search: "onerror") else { return }
    check(page, file)
    #expect(page.searched.rows.map { $0[1] } == [HostileReport.markup])
    #expect(page.first.rows.contains { $0[1] == HostileReport.formula })
    #expect(page.first.rows.contains { $0[1].hasSuffix("(e) lla") })
  }

  @Test("a list of thousands stays usable, as only those that are seen are drawn")
  func many() throws {
    let workspace = try ReportWorkspace(sample: "carried-threshold/workspace")
    defer { workspace.remove() }
    let count = 12_000
    try HugeRegister.write(count, workspace)
    try workspace.payout(["run", "--statements", "none"])
    let file = workspace.outbox.appending(path: "report.html").resolvingSymlinksInPath()
    guard let page = try open(file, search: "P11999") else { return }
    check(page, file)
    #expect(page.first.found == "12,000 of 12,000 balances")
    #expect(page.narrow.list == 0, "all columns are seen at once")
    #expect(page.first.drawn < 100)
    #expect(page.first.height > 20 * count)
    #expect(page.end[0] == "P11999")
    #expect(page.searched.found == "1 of 12,000 balances")
    #expect(page.sorted.rows[0][8].contains(#/[1-9]/#))
  }
}
