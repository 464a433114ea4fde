import Foundation
import Testing

/// July to December: partial rejections, returns, a late booking, charges, a changed account, an
/// account that was right after all, one entry for a whole payment file, and payments made again.
@Suite("Half a year at the bank")
struct ReconcileHalfYearTests {
  typealias World = ReconcileWorld

  @Test("reconciles to zero at every step, and every payment tells its story")
  func halfYear() throws {
    let world = try World()
    defer { world.remove() }
    var oracle = ReconcileOracle()
    let july = try close("2026-07", held: [], &oracle, world)
    try august(july, &oracle, world)
    let august = try close("2026-08", held: ["C"], &oracle, world)
    try september(july, august, &oracle, world)
    let september = try close("2026-09", held: ["B"], &oracle, world)
    try october(september, &oracle, world)
    let october = try close("2026-10", held: [], &oracle, world)
    try november(october, &oracle, world)
    let november = try close("2026-11", held: [], &oracle, world)
    try december(november, &oracle, world)
    _ = try close("2026-12", held: [], &oracle, world)
    try world.expect(0, ["verify", "--quiet"])
    try tell(august["B"], again: october["B"], july["C"], again: september["C"], world)
  }

  private func close(
    _ period: String, held: Set<String>, _ oracle: inout ReconcileOracle, _ world: World
  ) throws -> [String: World.Payment] {
    let payments = try world.close(period)
    try oracle.close(period, held: held, payments, world)
    return payments
  }

  private func book(
    _ payments: [World.Payment?], _ oracle: inout ReconcileOracle
  ) throws {
    for payment in payments { try oracle.say(payment, .booked) }
  }

  /// A and B are advised, then stand on the statement as well; C is rejected, D is late.
  private func august(
    _ july: [String: World.Payment], _ oracle: inout ReconcileOracle, _ world: World
  ) throws {
    let (a, b) = (
      World.entry(july["A"], on: "2026-08-20"), World.entry(july["B"], on: "2026-08-20")
    )
    try world.reconcile([
      ("advice.xml", World.camt("camt.054.001.04", World.euroAccount, [a, b])),
      ("status.xml", World.rejection(july["C"], "AC01")),
    ])
    try book([july["A"], july["B"]], &oracle)
    try oracle.say(july["C"], .rejected)
    try oracle.check("2026-08", world)
    let statement = [
      ("euros.xml", World.camt("camt.053.001.02", World.euroAccount, [b, a])),
      (
        "pounds.xml",
        World.camt(
          "camt.053.001.04", World.poundAccount, [World.entry(july["E"], on: "2026-08-21")])
      ),
    ]
    let result = try world.reconcile(statement)
    #expect(result.output.contains("files=2 known=0 refused=0 booked=1"), "\(result.output)")
    #expect(result.output.contains("unknown=0 open=1"), "\(result.output)")
    try book([july["E"]], &oracle)
    try oracle.check("2026-08", world)
    // The same files once more do nothing.
    let before = try Program.files(world.root.appending(path: "reconciliation"))
    #expect(try world.reconcile(statement).output.contains("files=0 known=2"))
    #expect(try Program.files(world.root.appending(path: "reconciliation")) == before)
    #expect(try world.status("2026-07", july["A"]) == "Sent")
    #expect(try world.status("2026-07", july["C"]) == "Rejected")
    #expect(try world.status("2026-07", july["D"]) == "In progress")
  }

  /// D of July comes late; B of August is booked and comes back; the bank takes charges of D.
  private func september(
    _ july: [String: World.Payment], _ august: [String: World.Payment],
    _ oracle: inout ReconcileOracle, _ world: World
  ) throws {
    let statement = World.camt(
      "camt.053.001.04", World.euroAccount,
      [
        World.entry(july["D"], on: "2026-09-18"), World.entry(august["A"], on: "2026-09-18"),
        World.entry(august["B"], on: "2026-09-18"),
        World.entry(august["D"], on: "2026-09-18", more: 5_00),
        World.entry(august["B"], on: "2026-09-24", back: "AC04"),
      ])
    let result = try world.reconcile([
      ("september.xml", statement),
      (
        "september-gb.xml",
        World.camt(
          "camt.054.001.02", World.poundAccount, [World.entry(august["E"], on: "2026-09-18")])
      ),
    ])
    #expect(result.talk.contains("B627") && result.talk.contains("B630"), "\(result.talk)")
    try book([july["D"], august["A"], august["B"], august["D"], august["E"]], &oracle)
    try oracle.say(august["B"], .returned)
    try oracle.check("2026-09", world, charges: ["EUR": 5_00])
    #expect(try world.status("2026-08", august["B"]) == "Reversed")
    // C has another account by now.
    try VerifyWorkspace.edit(world.root, "registry/payment-profiles.csv") {
      $0.replacing("CH2899999000000005006", with: "DE89370400440532013000")
    }
  }

  /// E comes back as it was too late; B's account turns out to be right.
  private func october(
    _ september: [String: World.Payment], _ oracle: inout ReconcileOracle, _ world: World
  ) throws {
    try world.reconcile([
      (
        "october.xml",
        World.camt(
          "camt.053.001.02", World.euroAccount,
          ["A", "C", "D"].map { World.entry(september[$0], on: "2026-10-19") })
      ),
      (
        "october-gb.xml",
        World.camt(
          "camt.053.001.02", World.poundAccount,
          [
            World.entry(september["E"], on: "2026-10-20", back: "TM01"),
            World.entry(september["E"], on: "2026-10-19"),
          ])
      ),
    ])
    try book(["A", "C", "D", "E"].map { september[$0] }, &oracle)
    try oracle.say(september["E"], .returned)
    try oracle.check("2026-10", world, charges: ["EUR": 5_00])
    try VerifyWorkspace.edit(world.root, "registry/payment-profiles.csv") {
      $0.replacing("B,valid,2026-01-05", with: "B,valid,2026-10-25")
    }
  }

  /// One entry for all payments in euros; pounds by a CSV.
  private func november(
    _ october: [String: World.Payment], _ oracle: inout ReconcileOracle, _ world: World
  ) throws {
    let euros = try ["A", "B", "C", "D"].map { try #require(october[$0]) }
    let result = try world.reconcile([
      (
        "november.xml",
        World.camt(
          "camt.053.001.04", World.euroAccount, [try world.lump("2026-10", euros, on: "2026-11-19")]
        )
      ),
      ("november.csv", World.poundCSV(october["E"], on: "2026-11-19")),
    ])
    #expect(result.output.contains("booked=5"), "\(result.output)")
    try book(euros + [october["E"]], &oracle)
    try oracle.check("2026-11", world, charges: ["EUR": 5_00])
  }

  /// A is missing, and comes in the end.
  private func december(
    _ november: [String: World.Payment], _ oracle: inout ReconcileOracle, _ world: World
  ) throws {
    let others = ["B", "C", "D"].map { World.entry(november[$0], on: "2026-12-30") }
    let pounds = World.poundCSV(november["E"], on: "2026-12-30")
    let result = try world.reconcile([
      ("december.xml", World.camt("camt.053.001.02", World.euroAccount, others)),
      ("december.csv", pounds),
    ])
    #expect(result.talk.contains("B629"), "\(result.talk)")
    #expect(result.output.contains("open=1"))
    try book(["B", "C", "D", "E"].map { november[$0] }, &oracle)
    try oracle.check("2026-12", world, charges: ["EUR": 5_00])
    try world.reconcile([
      (
        "late.xml",
        World.camt(
          "camt.054.001.02", World.euroAccount, [World.entry(november["A"], on: "2026-12-31")])
      )
    ])
    try oracle.say(november["A"], .booked)
    try oracle.check("2026-12", world, charges: ["EUR": 5_00])
  }

  private func tell(
    _ returned: World.Payment?, again: World.Payment?, _ rejected: World.Payment?,
    again next: World.Payment?, _ world: World
  ) throws {
    let story = try world.expect(0, ["explain", try #require(returned?.id)]).output
    for part in [
      "2026-09-18", "2026-09-24", "AC04 (the account is closed)", "recognised by endToEndId",
      "september.xml", "2026-09", try #require(again?.id),
    ] {
      #expect(story.contains(part), "\(part): \(story)")
    }
    let other = try world.expect(0, ["explain", try #require(rejected?.id)]).output
    for part in ["rejected", "AC01", "status.xml", "2026-08", try #require(next?.id)] {
      #expect(other.contains(part), "\(part): \(other)")
    }
    let statement = try Outbox(directory: world.root.appending(path: "outbox/2026-09"))
      .table("statements/B.csv")
    let line = try #require(statement.first { $0["lineType"] == "adjustment" })
    #expect(line["earningId"] == returned?.id)
    #expect(line["reasonCodes"] == "paymentReturned AC04")
  }
}
