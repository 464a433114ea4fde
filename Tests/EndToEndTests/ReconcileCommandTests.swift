import Foundation
import Testing

@Suite("payout reconcile")
struct ReconcileCommandTests {
  typealias World = ReconcileWorld

  /// July is closed, and its payments are at the bank.
  private func july() throws -> (World, [String: World.Payment]) {
    let world = try World()
    return (world, try world.close("2026-07"))
  }

  private func euros(_ entries: [String]) -> String {
    World.camt("camt.053.001.02", World.euroAccount, entries)
  }

  private func ledger(_ world: World) throws -> Data {
    try Data(contentsOf: world.root.appending(path: "ledger/ledger.sqlite"))
  }

  @Test("before a close there is nothing to reconcile; a file that is not there is exit code 66")
  func nothing() throws {
    let world = try World()
    defer { world.remove() }
    try world.run("2026-07")
    try world.reconcile([("a.xml", euros([]))], code: 66)
    try world.expect(0, ["close", "2026-07", "--quiet"])
    try world.expect(66, ["reconcile", world.root.path + "/none.xml"])
    try world.expect(66, ["reconcile", world.root.path])
    try world.expect(64, ["reconcile"])
  }

  @Test("a file that cannot be relied on is left out as a whole, the others count")
  func refused() throws {
    let (world, july) = try july()
    defer { world.remove() }
    let good = euros([World.entry(july["A"], on: "2026-08-20")])
    let before = try ledger(world)
    let bad: [(name: String, text: String, code: String)] = [
      ("cut.xml", String(good.dropLast(60)), "B620"),
      ("version.xml", good.replacing("camt.053.001.02", with: "camt.053.001.12"), "B621"),
      ("kind.xml", good.replacing("camt.053.001.02", with: "pain.001.001.09"), "B621"),
      ("account.xml", good.replacing(World.euroAccount, with: "DE89370400440532013000"), "B622"),
      (
        "currency.xml",
        good.replacing(World.euroAccount, with: World.poundAccount), "B622"
      ),
      (
        "sums.xml",
        good.replacing("<NtryDtls>", with: "<NtryDtls><Btch><NbOfTxs>9</NbOfTxs></Btch>"), "B623"
      ),
      ("value.xml", good.replacing("DBIT", with: "OUT"), "B624"),
      ("text.csv", "a,b\n1,2\n", "B621"),
    ]
    let result = try world.reconcile(bad.map { ($0.name, $0.text) }, code: 1)
    for file in bad {
      #expect(result.talk.contains("\(file.name)"), "\(result.talk)")
      #expect(result.talk.contains(file.code))
    }
    #expect(result.output.contains("files=0 known=0 refused=8"))
    #expect(try ledger(world) == before)
    #expect(!FileManager.default.fileExists(atPath: world.root.path + "/reconciliation"))
    #expect(
      try FileManager.default.contentsOfDirectory(
        atPath: world.root.path + "/archive/bank") == [])
    let both = try world.reconcile([("cut.xml", bad[0].text), ("good.xml", good)], code: 1)
    #expect(both.output.contains("files=1 known=0 refused=1 booked=1"), "\(both.output)")
    try world.expect(0, ["verify", "--quiet"])
  }

  @Test("a payment that the bank has rejected and booked waits for people, until it comes back")
  func contradiction() throws {
    let (world, july) = try july()
    defer { world.remove() }
    let result = try world.reconcile(
      [
        ("status.xml", World.rejection(july["D"], "MS03")),
        ("booked.xml", euros([World.entry(july["D"], on: "2026-08-20")])),
      ], code: 1)
    #expect(result.talk.contains("B628"), "\(result.talk)")
    try world.run("2026-08")
    #expect(try world.register("2026-08")["D"]?["adjustments"] == "0.00")
    #expect(try world.status("2026-07", july["D"]) == "In progress")
    try world.reconcile([
      ("back.xml", euros([World.entry(july["D"], on: "2026-08-25", back: "MS03")]))
    ])
    // The draft is another one, though no feed has come.
    try world.expect(0, ["run", "--quiet"])
    #expect(
      try world.register("2026-08")["D"]?["adjustments"] == World.text(World.earned("D", 7)))
    #expect(try world.status("2026-07", july["D"]) == "Reversed")
  }

  @Test(
    "a payment that left twice and came back once waits for people, until it comes back once more",
    arguments: [[0, 1, 2], [0, 2, 1], [2, 0, 1], [1, 0, 2]])
  func leftAgain(order: [Int]) throws {
    let (world, july) = try july()
    defer { world.remove() }
    let debit = World.entry(july["D"], on: "2026-08-20")
    let files = [
      debit, debit.replacing("<AcctSvcrRef>", with: "<AcctSvcrRef>OTHER"),
      World.entry(july["D"], on: "2026-08-21", back: "AC04"),
    ]
    var said = ""
    for number in order {
      said += try world.reconcile(
        [("\(number).xml", euros([files[number]]))], code: nil
      ).talk
    }
    #expect(said.contains("B628"), "\(said)")
    try world.run("2026-08")
    #expect(try world.register("2026-08")["D"]?["adjustments"] == "0.00")
    #expect(try world.status("2026-07", july["D"]) == "In progress")
    let sums = try #require(try world.sums("2026-08")["EUR"])
    #expect(sums["rest"] as? String == "0.00" && sums["bankRest"] as? String == "0.00")
    let back = World.entry(july["D"], on: "2026-08-25", back: "AC04")
      .replacing("<AcctSvcrRef>", with: "<AcctSvcrRef>MORE")
    try world.reconcile([("more.xml", euros([back]))], code: nil)
    try world.expect(0, ["run", "--quiet"])
    #expect(
      try world.register("2026-08")["D"]?["adjustments"] == World.text(World.earned("D", 7)))
    #expect(try world.status("2026-07", july["D"]) == "Reversed")
    try world.expect(0, ["verify", "--quiet"])
  }

  @Test("what is more than twice a payment is not that payment")
  func tooMuch() throws {
    let (world, july) = try july()
    defer { world.remove() }
    let wrong = World.entry(july["A"], on: "2026-08-20")
      .replacing(#/<Amt Ccy="EUR">/#, with: #"<Amt Ccy="EUR">9"#)
      .replacing("<AcctSvcrRef>", with: "<AcctSvcrRef>X")
    let result = try world.reconcile([("much.xml", euros([wrong]))], code: nil)
    #expect(result.talk.contains("B631") && !result.talk.contains("charges"), "\(result.talk)")
    let right = try world.reconcile([
      ("right.xml", euros([World.entry(july["A"], on: "2026-08-20")]))
    ])
    #expect(right.output.contains("booked=1"))
  }

  @Test("a payment that is booked twice is said, and counts once")
  func twice() throws {
    let (world, july) = try july()
    defer { world.remove() }
    let entry = World.entry(july["A"], on: "2026-08-20")
    let other = entry.replacing("<AcctSvcrRef>", with: "<AcctSvcrRef>OTHER")
    let result = try world.reconcile([("twice.xml", euros([entry, other]))], code: 1)
    #expect(result.talk.contains("twice.xml") && result.talk.contains("B628"), "\(result.talk)")
    #expect(result.output.contains("booked=1") && result.output.contains("unknown=1"))
    let sums = try #require(try world.sums("2026-08")["EUR"])
    #expect(sums["unknownEntries"] as? Int == 1)
    #expect(sums["rest"] as? String == "0.00")
    #expect(sums["bankRest"] as? String == "0.00")
  }

  @Test("what a statement repeats without the bank's reference counts once, in either order")
  func repeated() throws {
    let (world, july) = try july()
    defer { world.remove() }
    let entry = World.entry(july["A"], on: "2026-08-20")
    let bare = entry.replacing(#/<AcctSvcrRef>.*<\/AcctSvcrRef>/#, with: "")
    let other = World.entry(july["B"], on: "2026-08-20")
    let otherBare = other.replacing(#/<AcctSvcrRef>.*<\/AcctSvcrRef>/#, with: "")
    let first = try world.reconcile([
      ("advice.xml", euros([entry, otherBare])), ("day.xml", euros([bare])),
    ])
    #expect(first.output.contains("booked=2") && first.output.contains("unknown=0"))
    let second = try world.reconcile([("all.xml", euros([other, entry]))])
    #expect(second.output.contains("booked=0") && second.output.contains("unknown=0"))
    let sums = try #require(try world.sums("2026-08")["EUR"])
    #expect(sums["unknownEntries"] as? Int == 0)
    let files = try Outbox(directory: world.root.appending(path: "reconciliation/2026-08"))
    let states = try files.table("entries.csv").map { $0["state"] }
    #expect(states == ["matched", "matched", "repeated", "repeated", "repeated"])
    #expect(
      try files.table("entries.csv").compactMap { $0["bankFile"] }.sorted()
        == ["advice.xml", "advice.xml", "all.xml", "all.xml", "day.xml"])
    #expect(
      try world.expect(0, ["statement", "A", "2026-07"]).output.contains("Sent"))
  }

  @Test("a payment that comes back in a currency that the partner has no more is converted")
  func currencyChange() throws {
    let (world, july) = try july()
    defer { world.remove() }
    try world.reconcile([("status.xml", World.rejection(july["A"], "TM01"))])
    try VerifyWorkspace.edit(world.root, "registry/payment-profiles.csv") {
      $0.replacing(
        "bankTransfer,EUR,DE44999000010000005001,",
        with: "bankTransfer,GBP,GB85WNGT99999900005005,WNGTGB2LXXX")
    }
    try PaymentWorkspace.append("2026-08,EUR,GBP,0.5,sample\n", world.root, "exchange-rates.csv")
    try world.run("2026-08")
    try world.expect(0, ["close", "2026-08", "--quiet"])
    let files = try Outbox(directory: world.root.appending(path: "outbox/2026-08"))
    let rows = try files.table("register.csv").filter { $0["participantId"] == "A" }
    #expect(rows.map { $0["currency"] } == ["EUR", "GBP"])
    #expect(rows.map { $0["adjustments"] } == ["0.00", World.text(World.earned("A", 7) / 2)])
    #expect(rows.map { $0["closing"] } == ["0.00", "0.00"])
    try world.expect(0, ["verify", "--quiet"])
  }

  @Test("what is gone is written again, and what was changed is found")
  func healing() throws {
    let (world, july) = try july()
    defer { world.remove() }
    try world.reconcile([("a.xml", euros([World.entry(july["A"], on: "2026-08-20")]))])
    let reports = world.root.appending(path: "reconciliation")
    let before = try Program.files(reports)
    #expect(
      Set(before.keys)
        == Set(
          ["summary.csv", "payments.csv", "entries.csv", "reconciliation.json"].map {
            "2026-08/" + $0
          }))
    let document = try #require(before["2026-08/reconciliation.json"])
    let text = String(decoding: document, as: UTF8.self)
    #expect(try SchemaShape("reconciliation.schema.json").faults(text) == [])
    Program.remove(reports)
    try world.run("2026-08")
    #expect(try Program.files(reports) == before)
    try world.expect(0, ["verify", "--quiet"])
    try PaymentWorkspace.append("\n", world.root, "archive/bank/a.xml")
    let verified = try world.expect(65, ["verify"])
    #expect(verified.talk.contains("archive/bank/a.xml"), "\(verified.talk)")
  }

  @Test("status says where payments stand")
  func status() throws {
    let (world, july) = try july()
    defer { world.remove() }
    try world.reconcile([
      ("a.xml", euros([World.entry(july["A"], on: "2026-08-20")])),
      ("s.xml", World.rejection(july["B"], "AC01")),
    ])
    let status = try Data(contentsOf: world.root.appending(path: "status.json"))
    let faults = try SchemaShape("status.schema.json").faults(
      String(decoding: status, as: UTF8.self))
    #expect(faults == [])
    let json = try JSONSerialization.jsonObject(with: status)
    let banks = try #require((json as? [String: Any])?["banks"] as? [[String: Any]])
    #expect(
      banks.map { "\($0["currency"] ?? "") \($0["state"] ?? "") \($0["payments"] ?? "")" }
        == ["EUR open 2", "EUR booked 1", "EUR rejected 1", "GBP open 1"])
    #expect(try world.expect(0, ["status"]).output.contains("at the bank"))
  }
}
