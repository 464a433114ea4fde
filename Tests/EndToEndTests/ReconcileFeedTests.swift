import Foundation
import Testing

@Suite("payout reconcile --feed")
struct ReconcileFeedTests {
  /// The lines of a comparison by earningId.
  private func compare(
    _ list: String, _ partner: String, _ root: URL, period: String? = nil, code: Int32 = 1
  ) throws -> [String: Outbox.Record] {
    let file = Program.temporary()
    defer { Program.remove(file) }
    try Data(("earningId,earnedAmount,earnedCurrency\n" + list).utf8).write(to: file)
    let result = try Program.run(
      ["reconcile", "--feed", file.path, "--partner", partner, "--workspace", root.path]
        + (period.map { ["--period", $0] } ?? []))
    #expect(result.code == code, "\(result.output)\(result.talk)")
    let directory = Program.temporary()
    defer { Program.remove(directory) }
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    try Data(result.output.utf8).write(to: directory.appending(path: "table.csv"))
    let table = try Outbox(directory: directory).table("table.csv")
    return Dictionary(uniqueKeysWithValues: table.map { ($0["earningId"] ?? "", $0) })
  }

  @Test("says per line whether a partner and we agree, and why not")
  func differences() throws {
    let world = try ReconcileWorld()
    defer { world.remove() }
    try world.run("2026-07")
    try world.expect(0, ["close", "2026-07", "--quiet"])
    try world.run("2026-08")
    let list = """
      A-2026-08,110.00,EUR
      A-2026-07,107.00,EUR
      A-2026-09,1.00,EUR
      B-2026-08,1.00,EUR

      """
    let lines = try compare(list, "A", world.root)
    #expect(lines["A-2026-08"]?["state"] == "different")
    #expect(lines["A-2026-08"]?["earned"] == "108.00")
    #expect(lines["A-2026-08"]?["difference"] == "-2.00")
    #expect(lines["A-2026-08"]?["why"] == "earned by the rate 0.1 from sales-2026-08.csv:2")
    #expect(lines["A-2026-07"]?["state"] == "notHere")
    #expect(lines["A-2026-07"]?["why"] == "accepted in 2026-07, from sales-2026-07.csv:2")
    #expect(lines["A-2026-09"]?["state"] == "unknown")
    #expect(lines["A-2026-09"]?["difference"] == "-1.00")
    // Nothing of another partner's earning is told.
    #expect(lines["B-2026-08"]?["state"] == "otherPartner")
    #expect(lines["B-2026-08"]?["earned"] == "")
    #expect(lines["B-2026-08"]?["why"] == "it was taken in as another partner's")
    let july = try compare(
      "A-2026-07,107,EUR\n", "A", world.root, period: "2026-07", code: 0)
    #expect(july["A-2026-07"]?["state"] == "same")
    let others = try compare("E-2026-08,508.00,EUR\n", "E", world.root)
    #expect(others["E-2026-08"]?["why"] == "earned in GBP")
    #expect(others["E-2026-08"]?["difference"] == "")
    let none = try compare("", "A", world.root)
    #expect(none["A-2026-08"]?["state"] == "notExpected")
    #expect(none["A-2026-08"]?["line"] == "")
  }

  @Test("says why an earning is not eligible")
  func ineligible() throws {
    let root = try Program.workspace("csp")
    defer { Program.remove(root) }
    _ = try Program.run(["run", "--workspace", root.path, "--quiet"])
    let lines = try compare("R-3004,132000,KRW\n", "0048105", root)
    #expect(lines["R-3004"]?["state"] == "ineligible")
    #expect(lines["R-3004"]?["why"]?.hasPrefix("not eligible: E302 ") == true)
  }

  @Test("needs a partner, a list that can be read, and no files of banks")
  func usage() throws {
    let world = try ReconcileWorld()
    defer { world.remove() }
    try world.run("2026-07")
    let file = world.root.path + "/list.csv"
    try world.write("list.csv", "earningId,earnedAmount\nx,1\n")
    try world.expect(64, ["reconcile", "--feed", file])
    try world.expect(64, ["reconcile", "--feed", file, "--partner", "A", "bank.xml"])
    try world.expect(64, ["reconcile", "--partner", "A", "bank.xml"])
    try world.expect(78, ["reconcile", "--feed", file, "--partner", "A"])
    try world.expect(66, ["reconcile", "--feed", file + "x", "--partner", "A"])
    try world.write("list.csv", "earningId,earnedAmount,earnedCurrency\nx,1,EUR\n")
    try world.expect(66, ["reconcile", "--feed", file, "--partner", "nobody"])
  }
}
