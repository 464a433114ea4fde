import Foundation
import Testing

/// What banks and people do that they should not: each time the money has to stay in one place.
@Suite("Trouble at the bank")
struct ReconcileTroubleTests {
  typealias World = ReconcileWorld

  private func july() throws -> (World, [String: World.Payment]) {
    let world = try World()
    return (world, try world.close("2026-07"))
  }

  private func euros(_ entries: [String], _ message: String = "camt.053.001.02") -> String {
    World.camt(message, World.euroAccount, entries)
  }

  private func states(_ world: World, _ period: String = "2026-08") throws -> [String] {
    try Outbox(directory: world.root.appending(path: "reconciliation/\(period)"))
      .table("entries.csv").map { "\($0["bankFile"] ?? "") \($0["state"] ?? "")" }
  }

  private func expectZero(_ world: World, _ period: String = "2026-08") throws {
    for sum in try world.sums(period).values {
      #expect(sum["rest"] as? String == "0.00")
      #expect(sum["bankRest"] as? String == "0.00")
    }
  }

  /// An entry of several payments, with its details.
  private func batch(_ payments: [World.Payment?], on day: String, reference: String) -> String {
    let sum = payments.reduce(0) { $0 + ($1?.amount ?? 0) }
    let details = payments.map { payment in
      "<TxDtls><Refs><EndToEndId>\(payment?.id ?? "")</EndToEndId></Refs><Amt Ccy=\"EUR\">"
        + "\(World.text(payment?.amount ?? 0))</Amt></TxDtls>"
    }
    return """
      <Ntry><Amt Ccy="EUR">\(World.text(sum))</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>
      <BookgDt><Dt>\(day)</Dt></BookgDt><AcctSvcrRef>\(reference)</AcctSvcrRef>
      <NtryDtls>\(details.joined())</NtryDtls></Ntry>

      """
  }

  @Test("charges with a payment's id do not take its booking, before or after it")
  func charges() throws {
    let (world, july) = try july()
    defer { world.remove() }
    let amount = try #require(july["A"]?.amount)
    let charge = World.entry(july["A"], on: "2026-08-20", more: 5_00 - amount)
      .replacing("<AcctSvcrRef>", with: "<AcctSvcrRef>CHG")
    let first = try world.reconcile([("charge.xml", euros([charge]))], code: 1)
    #expect(first.talk.contains("B631") && first.talk.contains("charges"), "\(first.talk)")
    let more = World.entry(july["A"], on: "2026-08-20", more: 7_00)
      .replacing("<AcctSvcrRef>", with: "<AcctSvcrRef>MORE")
    let second = try world.reconcile(
      [("all.xml", euros([more, World.entry(july["A"], on: "2026-08-20")]))], code: 1)
    #expect(second.output.contains("booked=1") && second.talk.contains("B628"), "\(second.talk)")
    #expect(try world.sums("2026-08")["EUR"]?["difference"] as? String == "0.00")
    try expectZero(world)
  }

  @Test("a payment that leaves again inside an entry of several is said; a repetition is none")
  func twiceInBatch() throws {
    let (world, july) = try july()
    defer { world.remove() }
    try world.reconcile([("one.xml", euros([World.entry(july["A"], on: "2026-08-20")]))])
    let both = batch([july["A"], july["B"]], on: "2026-08-20", reference: "BOTH")
    let result = try world.reconcile([("two.xml", euros([both]))], code: 1)
    #expect(result.talk.contains("B628"), "\(result.talk)")
    #expect(result.output.contains("booked=1") && result.output.contains("unknown=1"))
    #expect(try states(world) == ["one.xml matched", "two.xml unknown", "two.xml matched"])
    // Told once more as one entry in another file, all of it was told before.
    let again = try world.reconcile([
      (
        "three.xml",
        euros(
          [batch([july["A"], july["B"]], on: "2026-08-20", reference: "X")], "camt.054.001.02")
      )
    ])
    #expect(again.output.contains("unknown=0"), "\(again.talk)")
    try expectZero(world)
  }

  @Test("a sum that leaves twice is said")
  func sumTwice() throws {
    let (world, july) = try july()
    defer { world.remove() }
    let four = try ["A", "B", "C", "D"].map { try #require(july[$0]) }
    let sum = try world.lump("2026-07", four, on: "2026-08-20")
    let later = try world.lump("2026-07", four, on: "2026-08-21").replacing("LUMP", with: "LUMP2")
    let result = try world.reconcile([("sums.xml", euros([sum, later]))], code: 1)
    #expect(result.output.contains("booked=4") && result.output.contains("unknown=1"))
    #expect(result.talk.contains("B628") && result.talk.contains("left twice"), "\(result.talk)")
    #expect(!result.talk.contains("B626"))
    // Another file that tells of the first one repeats it.
    let repeated = try world.reconcile([
      ("again.xml", euros([sum.replacing("LUMP", with: "OTHER")], "camt.054.001.02"))
    ])
    #expect(repeated.output.contains("unknown=0"), "\(repeated.talk)")
    try expectZero(world)
  }

  @Test(
    "a sum of a block of which one was advised alone is of the others, too",
    arguments: [true, false])
  func sumAfterOne(isAdvice: Bool) throws {
    let (world, july) = try july()
    defer { world.remove() }
    let four = try ["A", "B", "C", "D"].map { try #require(july[$0]) }
    let one = World.entry(july["A"], on: "2026-08-20")
    let advice = isAdvice ? "camt.054.001.02" : "camt.053.001.04"
    try world.reconcile([("one.xml", euros([one], advice))])
    let sum = euros([try world.lump("2026-07", four, on: "2026-08-20")])
    let result = try world.reconcile([("sum.xml", sum)], code: nil)
    #expect(result.output.contains("booked=3") && result.output.contains("unknown=0"), "\(result)")
    // Two statements with references of their own tell of two bookings.
    #expect(result.talk.contains("B628") == !isAdvice, "\(result.talk)")
    try expectZero(world)
    try world.expect(0, ["verify", "--quiet"])
  }

  @Test("a sum is recognised once what was missing to know it has come, closes between or not")
  func sumBeforeRejection() throws {
    let (world, july) = try july()
    defer { world.remove() }
    let three = try ["A", "B", "D"].map { try #require(july[$0]) }
    let sum = euros([try world.lump("2026-07", three, on: "2026-08-20")])
    let first = try world.reconcile([("sum.xml", sum)])
    #expect(first.talk.contains("B626") && first.output.contains("booked=0 "), "\(first.talk)")
    let before = try Program.files(world.root.appending(path: "reconciliation/2026-08"))
    _ = try world.close("2026-08")
    let second = try world.reconcile([("status.xml", World.rejection(july["C"], "AC01"))])
    #expect(second.output.contains("booked=3 returned=0 rejected=1 unknown=0"), "\(second.output)")
    #expect(try world.status("2026-07", july["A"]) == "Sent")
    #expect(try Program.files(world.root.appending(path: "reconciliation/2026-08")) == before)
    let payments = try Outbox(directory: world.root.appending(path: "reconciliation/2026-09"))
      .table("payments.csv")
    #expect(payments.first { $0["paymentId"] == july["A"]?.id }?["bankFile"] == "sum.xml")
    #expect(try world.sums("2026-09")["EUR"]?["unknownEntries"] as? Int == 0)
    let story = try world.expect(0, ["explain", try #require(july["A"]?.id)]).output
    #expect(story.contains("archive/bank/sum.xml"), "\(story)")
    try expectZero(world, "2026-09")
    try world.expect(0, ["verify", "--quiet"])
    // Once it is recognised it stays so.
    let third = try world.reconcile([("again.xml", sum.replacing("<MsgId>M<", with: "<MsgId>N<"))])
    #expect(third.output.contains("booked=0 returned=0 rejected=0 unknown=0"), "\(third.output)")
  }

  @Test("two statements with references of their own tell of two bookings")
  func twoStatements() throws {
    let (world, july) = try july()
    defer { world.remove() }
    let entry = World.entry(july["A"], on: "2026-08-20")
    let other = entry.replacing("<AcctSvcrRef>", with: "<AcctSvcrRef>OTHER")
    try world.reconcile([("one.xml", euros([entry]))])
    // An advice may have a reference of its own.
    let advice = try world.reconcile([
      (
        "advice.xml",
        euros([entry.replacing("<AcctSvcrRef>", with: "<AcctSvcrRef>A")], "camt.054.001.02")
      )
    ])
    #expect(advice.output.contains("unknown=0"))
    let two = try world.reconcile([("two.xml", euros([other]))], code: 1)
    #expect(two.talk.contains("B628") && two.output.contains("unknown=1"), "\(two.output)")
  }

  @Test("a payment that came back before its sum was told is in that sum, closes between or not")
  func returnedFirst() throws {
    let (world, july) = try july()
    defer { world.remove() }
    try world.reconcile([
      ("back.xml", euros([World.entry(july["B"], on: "2026-08-21", back: "AC04")]))
    ])
    try world.run("2026-08")
    try world.expect(0, ["close", "2026-08", "--quiet"])
    let four = try ["A", "B", "C", "D"].map { try #require(july[$0]) }
    let result = try world.reconcile([
      ("sum.xml", euros([try world.lump("2026-07", four, on: "2026-08-20")]))
    ])
    #expect(result.output.contains("booked=4"), "\(result.output)\(result.talk)")
    #expect(!result.talk.contains("B628"))
    #expect(try world.sums("2026-09")["EUR"]?["returned"] as? String == World.text(four[1].amount))
    try expectZero(world, "2026-09")
    try world.expect(0, ["verify", "--quiet"])
  }

  @Test("the sum of one payment repeats what told of it with its id, in either order")
  func oneSum() throws {
    let (world, july) = try july()
    defer { world.remove() }
    func bare(_ payment: World.Payment?) -> String {
      World.entry(payment, on: "2026-08-20").replacing(
        #/<NtryDtls>.*<\/NtryDtls>/#.dotMatchesNewlines(), with: "")
    }
    let advice = euros([World.entry(july["A"], on: "2026-08-20")], "camt.054.001.04")
    let first = try world.reconcile([("advice.xml", advice), ("b.xml", euros([bare(july["B"])]))])
    #expect(first.output.contains("booked=1") && first.output.contains("unknown=1"))
    let second = try world.reconcile([
      ("day.xml", euros([bare(july["A"])])),
      ("b-advice.xml", euros([World.entry(july["B"], on: "2026-08-20")], "camt.054.001.04")),
    ])
    #expect(second.output.contains("booked=1") && second.output.contains("unknown=0"))
    #expect(!second.talk.contains("B626"), "\(second.talk)")
    let third = try world.reconcile([
      ("c.xml", euros([bare(july["C"])])),
      ("c-advice.xml", euros([World.entry(july["C"], on: "2026-08-20")], "camt.054.001.04")),
    ])
    #expect(third.output.contains("booked=1") && third.output.contains("unknown=0"))
    #expect(
      try states(world).sorted() == [
        "advice.xml matched", "b-advice.xml matched", "b.xml repeated", "c-advice.xml matched",
        "c.xml repeated", "day.xml repeated",
      ])
    #expect(try world.sums("2026-08")["EUR"]?["unknownEntries"] as? Int == 0)
  }

  @Test("days that cannot be are of no payment, and make nothing late")
  func absurdDays() throws {
    let (world, july) = try july()
    defer { world.remove() }
    let result = try world.reconcile(
      [
        (
          "days.xml",
          euros([
            World.entry(july["A"], on: "2020-08-20"), World.entry(july["B"], on: "9999-12-31"),
            World.entry(july["C"], on: "2026-08-20"),
          ])
        )
      ], code: 1)
    #expect(result.output.contains("booked=1") && result.output.contains("unknown=2"))
    #expect(result.talk.contains("B631") && result.talk.contains("9999-12-31"), "\(result.talk)")
    #expect(!result.talk.contains("B629"), "\(result.talk)")
    let json = try Program.files(world.root.appending(path: "reconciliation/2026-08"))
    let document = String(decoding: try #require(json["reconciliation.json"]), as: UTF8.self)
    #expect(document.contains("\"asOf\" : \"2026-08-20\""), "\(document)")
  }

  @Test(
    "settled and rejected contradict each other, whichever comes first", arguments: [true, false])
  func settled(isSettledFirst: Bool) throws {
    let (world, july) = try july()
    defer { world.remove() }
    let rejected = World.rejection(july["D"], "MS03")
    let settled = rejected.replacing("RJCT", with: "ACSC").replacing(
      #/<StsRsnInf>.*<\/StsRsnInf>/#.dotMatchesNewlines(), with: "")
    let files = isSettledFirst ? [settled, rejected] : [rejected, settled]
    let first = try world.reconcile([("1.xml", files[0])])
    #expect(first.output.contains("booked=0"))
    if isSettledFirst {
      let story = try world.expect(0, ["explain", try #require(july["D"]?.id)]).output
      #expect(story.contains("ACSC"), "\(story)")
      let payments = try Outbox(directory: world.root.appending(path: "reconciliation/2026-08"))
        .table("payments.csv")
      #expect(payments.first { $0["paymentId"] == july["D"]?.id }?["bankStatus"] == "ACSC")
      #expect(try world.status("2026-07", july["D"]) == "In progress")
    }
    let second = try world.reconcile([("2.xml", files[1])], code: 1)
    #expect(second.talk.contains("B628"), "\(second.talk)")
    try world.run("2026-08")
    #expect(try world.register("2026-08")["D"]?["adjustments"] == "0.00")
    try expectZero(world)
    let sums = try #require(try world.sums("2026-08")["EUR"])
    #expect(sums["contradicted"] as? String == World.text(try #require(july["D"]?.amount)))
    let told = try world.expect(0, ["explain", try #require(july["D"]?.id)]).output
    #expect(told.contains("cannot both be true"), "\(told)")
    try world.expect(0, ["verify", "--quiet"])
  }

  @Test("settled after the close has put it back is said: the partner may have it twice")
  func settledTooLate() throws {
    let (world, july) = try july()
    defer { world.remove() }
    let rejected = World.rejection(july["D"], "TM01")
    try world.reconcile([("1.xml", rejected)])
    _ = try world.close("2026-08")
    let result = try world.reconcile(
      [("2.xml", rejected.replacing("RJCT", with: "ACSC"))], code: 1)
    #expect(result.talk.contains("B628") && result.talk.contains("twice"), "\(result.talk)")
    try expectZero(world, "2026-09")
  }

  @Test("a statement in UTF-16 is read", arguments: [String.Encoding.utf16, .utf16BigEndian])
  func utf16(encoding: String.Encoding) throws {
    let (world, july) = try july()
    defer { world.remove() }
    let text = euros([World.entry(july["A"], on: "2026-08-20")])
    let file = world.root.appending(path: "wide.xml")
    try #require(text.data(using: encoding)).write(to: file)
    let result = try world.expect(0, ["reconcile", file.path])
    #expect(result.output.contains("booked=1"), "\(result.output)")
  }
}
