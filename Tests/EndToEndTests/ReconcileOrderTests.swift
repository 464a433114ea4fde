import Foundation
import TestSupport
import Testing

/// What banks said is a set: in whatever order files come, and however many commands take them in, it
/// comes to the same.
@Suite("In any order of files")
struct ReconcileOrderTests {
  typealias World = ReconcileWorld

  /// The sum of a block with what it is made of, as an advice tells it.
  private func detailed(_ sum: String, _ payments: [World.Payment]) -> String {
    let details = payments.map { payment in
      "<TxDtls><Refs><EndToEndId>\(payment.id)</EndToEndId></Refs><Amt Ccy=\"EUR\">"
        + "\(World.text(payment.amount))</Amt></TxDtls>"
    }
    return sum.replacing("</Btch>", with: "</Btch>" + details.joined())
  }

  private func files(
    _ july: [String: World.Payment], _ world: World
  ) throws -> [(name: String, text: String)] {
    func euros(_ message: String, _ entries: [String]) -> String {
      World.camt(message, World.euroAccount, entries)
    }
    let three = try ["A", "B", "D"].map { try #require(july[$0]) }
    let sum = try world.lump("2026-07", three, on: "2026-08-20")
    let pounds = World.entry(july["E"], on: "2026-08-21")
    let bare = pounds.replacing(#/<NtryDtls>.*<\/NtryDtls>/#.dotMatchesNewlines(), with: "")
    return [
      ("sum.xml", euros("camt.053.001.02", [sum])),
      ("details.xml", euros("camt.054.001.02", [detailed(sum, three)])),
      ("status.xml", World.rejection(july["C"], "AC01")),
      (
        "back.xml",
        euros("camt.053.001.04", [World.entry(july["B"], on: "2026-08-24", back: "AC04")])
      ),
      ("pounds.xml", World.camt("camt.053.001.02", World.poundAccount, [bare])),
      ("pounds-advice.xml", World.camt("camt.054.001.04", World.poundAccount, [pounds])),
    ]
  }

  /// What is left of a reconciliation when the order is forgotten.
  private func outcome(_ world: World) throws -> [String] {
    let reports = try Outbox(directory: world.root.appending(path: "reconciliation/2026-08"))
    let sums = try reports.table("summary.csv").map { row in
      ["currency", "line", "age", "payments", "amount"].map { row[$0] ?? "" }
        .joined(separator: " ")
    }
    let payments = try world.payments("2026-07").keys.sorted().map { partner in
      "\(partner) \(try world.status("2026-07", try world.payments("2026-07")[partner]) ?? "")"
    }
    let unknown = try world.sums("2026-08").sorted { $0.key < $1.key }.map { currency, sum in
      "\(currency) \(sum["unknownEntries"] ?? "") \(sum["moved"] ?? "") \(sum["bankRest"] ?? "")"
    }
    return sums + payments + unknown
  }

  @Test("it comes to the same", arguments: 0..<6)
  func anyOrder(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let world = try World()
    defer { world.remove() }
    let july = try world.close("2026-07")
    let files = try files(july, world)
    var left = files.shuffled(using: &random)[...]
    while !left.isEmpty {
      let some = left.prefix(Int.random(in: 1...3, using: &random))
      left = left.dropFirst(some.count)
      try world.reconcile(Array(some))
    }
    let a = try #require(july["A"]).amount + (try #require(july["D"])).amount
    #expect(
      try outcome(world).filter { !$0.contains(" 0 0.00") } == [
        "EUR issued  4 \(World.text(["A", "B", "C", "D"].reduce(0) { $0 + (july[$1]?.amount ?? 0) }))",
        "EUR booked  2 -\(World.text(a))", "EUR returned  1 -\(World.text(july["B"]?.amount ?? 0))",
        "EUR rejected  1 -\(World.text(july["C"]?.amount ?? 0))",
        "GBP issued  1 \(World.text(july["E"]?.amount ?? 0))",
        "GBP booked  1 -\(World.text(july["E"]?.amount ?? 0))",
        "A Sent", "B Reversed", "C Rejected", "D Sent", "E Sent",
        "EUR 0 \(World.text(a)) 0.00", "GBP 0 \(World.text(july["E"]?.amount ?? 0)) 0.00",
      ])
    try world.expect(0, ["verify", "--quiet"])
  }
}
