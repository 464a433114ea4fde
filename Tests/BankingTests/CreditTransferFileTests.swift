import Banking
import Domain
import ExactMoney
import TestSupport
import Testing

@Suite("A credit transfer file")
struct CreditTransferFileTests {
  private static let name = "transfers-1.pain.001.001.09.xml"

  private func file(_ orders: [PaymentOrder]) throws -> String {
    try #require(try Fixture.files(orders).files[Self.name])
  }

  @Test("counts and adds up its payments, as a whole and by block")
  func controls() throws {
    let xml = try file([
      try Fixture.order("PAY-1", "100.10"), try Fixture.order("PAY-2", "0.01"),
      try Fixture.order("PAY-3", "5000", "JPY"),
    ])
    #expect(Fixture.texts("NbOfTxs", xml) == ["3", "2", "1"])
    #expect(Fixture.texts("CtrlSum", xml) == ["5100.11", "100.11", "5000.00"])
    #expect(Fixture.texts("InstdAmt", xml) == ["100.10", "0.01", "5000"])
    #expect(xml.contains("<InstdAmt Ccy=\"JPY\">5000<"))
    #expect(Fixture.texts("EndToEndId", xml) == ["PAY-1", "PAY-2", "PAY-3"])
    #expect(Fixture.texts("InstrId", xml) == Fixture.texts("EndToEndId", xml))
  }

  @Test("follows the rules of SEPA where it applies, and says who bears the charges where not")
  func rules() throws {
    let sepa = try file([try Fixture.order("PAY-1", "1.00")])
    #expect(sepa.contains("<SvcLvl>") && Fixture.texts("ChrgBr", sepa) == ["SLEV"])
    #expect(Fixture.texts("BICFI", sepa) == ["AIBKIE2DXXX"], "the payer's alone")
    let other = try file([try Fixture.order("PAY-1", "1.00", iban: "SA0380000000608010167519")])
    #expect(!other.contains("<SvcLvl>") && Fixture.texts("ChrgBr", other) == ["SHAR"])
    #expect(Fixture.texts("BICFI", other) == ["AIBKIE2DXXX", "COBADEFFXXX"])
    // Inside SEPA and outside the economic area, the bank may ask for the bic.
    let swiss = try file([try Fixture.order("PAY-1", "1.00", iban: "CH9300762011623852957")])
    #expect(swiss.contains("<SvcLvl>") && Fixture.texts("BICFI", swiss).count == 2)
  }

  @Test("names parties with town and country, or without any address")
  func addresses() throws {
    var order = try Fixture.order("PAY-1", "1.00")
    let whole = try file([order])
    #expect(Fixture.texts("TwnNm", whole) == ["Dublin", "Hamburg"])
    #expect(Fixture.texts("Ctry", whole) == ["IE", "DE"])
    order.town = ""
    let without = try file([order])
    #expect(Fixture.texts("TwnNm", without) == ["Dublin"])
    #expect(!without.contains("Ring 5"))
  }

  @Test("names the document, in no more characters than SEPA takes")
  func remittance() throws {
    var order = try Fixture.order("PAY-0123456789ABCDEF01234567", "1.00")
    order.documentNumber = String(repeating: "1", count: 35)
    order.document = .selfBilledInvoice
    let xml = try file([order])
    #expect(xml.contains("<Cd>SBIN</Cd>"))
    #expect(Fixture.texts("Nb", xml) == [order.documentNumber])
    let start = try #require(xml.firstRange(of: "<Strd>")).upperBound
    let end = try #require(xml.firstRange(of: "</Strd>")).lowerBound
    #expect(xml[start..<end].filter { !$0.isWhitespace }.count <= 140)
    // A number that does not fit, or has other characters, is no number that anybody finds.
    for number in [String(repeating: "1", count: 36), "2026-10-한", "a/b"] {
      order.documentNumber = number
      #expect(Fixture.texts("Nb", try file([order])) == [order.paymentId])
    }
  }

  @Test("has a purpose where the plan gives one")
  func purpose() throws {
    var order = try Fixture.order("PAY-1", "1.00")
    #expect(!(try file([order])).contains("<Purp>"))
    order.purpose = "COMM"
    #expect(try file([order]).contains("<Cd>COMM</Cd>"))
  }

  @Test("texts cannot break out of their elements")
  func escaped() throws {
    var order = try Fixture.order("PAY-1", "1.00", iban: "SA0380000000608010167519")
    order.accountHolder = "A </Nm><Nm> & \u{1} B"
    let xml = try file([order])
    #expect(
      Fixture.texts("Nm", xml) == [
        "Contoso Payouts Ltd", "Contoso Payouts Ltd", "A (/Nm)(Nm) + . B",
      ])
  }

  @Test("ids are the same again, and others for another account or day")
  func ids() throws {
    let one = try file([try Fixture.order("PAY-1", "1.00")])
    let again = try file([try Fixture.order("PAY-1", "1.00")])
    let later = try file([try Fixture.order("PAY-1", "1.00", date: "2026-11-17")])
    #expect(one == again)
    #expect(Fixture.texts("MsgId", one) == Fixture.texts("MsgId", later))
    #expect(Fixture.texts("PmtInfId", one) != Fixture.texts("PmtInfId", later))
    for id in Fixture.texts("MsgId", one) + Fixture.texts("PmtInfId", one) {
      #expect(id.utf8.count <= 35)
    }
  }

  @Test("every payment is in one place, with its amount", arguments: 0..<6 as Range<UInt64>)
  func conservation(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var orders: [PaymentOrder] = []
    for number in 0..<60 {
      let code = try #require(["EUR", "USD", "JPY", "KWD"].randomElement(using: &generator))
      let digits = try currency(code).minorDigits
      var order = try Fixture.order(
        "PAY-\(number)", "1", code, iban: Fixture.sepaIBANs.randomElement(using: &generator) ?? "",
        date: ["2026-11-16", "2026-11-17"].randomElement(using: &generator) ?? "")
      order.amount = Money(
        minorUnits: Int128(Int.random(in: 1...(digits == 0 ? 999 : 99_999), using: &generator)),
        currency: try currency(code))
      if Bool.random(using: &generator) { order.town = "" }
      if Int.random(in: 0..<5, using: &generator) == 0 { order.method = .creditNote }
      if code == "USD", Bool.random(using: &generator) {
        order.routingNumber = Fixture.routingNumber
        order.accountNumber = "1\(number)"
      }
      orders.append(order)
    }
    let (files, manifest) = try Fixture.files(orders, Fixture.americanPayer())
    let sorted = try Fixture.sort(orders, Fixture.americanPayer())
    #expect(sorted.all.map(\.paymentId).sorted() == orders.map(\.paymentId).sorted())
    let parts = manifest.files.compactMap(\.sums) + [manifest.creditNotes, manifest.unsent]
    #expect(parts.reduce(0) { $0 + $1.payments } == orders.count)
    #expect(manifest.total.payments == orders.count)
    for (code, total) in manifest.total.amounts {
      let texts = try parts.compactMap { try $0.amounts[code].map { try amount($0) } }
      #expect(try texts.reduce(.zero) { try $0.plus($1) } == amount(total), "\(code)")
    }
    let written = files.filter { $0.key != "payments.json" }.values.joined()
    for order in orders {
      #expect(written.contains(order.paymentId), "\(order.paymentId)")
    }
  }
}
