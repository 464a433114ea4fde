import Banking
import Domain
import ExactMoney
import TestSupport
import Testing

@Suite("A file of returns of a bank in the United States")
struct ACHReturnTests {
  /// A record of fields with their positions, which count from 1.
  private static func record(_ fields: [(Int, String)]) -> String {
    var bytes = [UInt8](repeating: 0x20, count: 94)
    for (position, text) in fields {
      for (offset, byte) in text.utf8.enumerated() { bytes[position - 1 + offset] = byte }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func number(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: width - digits.count) + digits
  }

  /// An entry that comes back, or is corrected, with its addenda.
  private static func entry(
    _ id: String, cents: Int, addenda: String = "99", code: String = "R03"
  ) -> [String] {
    [
      record([
        (1, "621"), (4, "990000026"), (13, "000123"), (30, number(cents, 10)), (40, id),
        (55, "Alpha GmbH"), (79, "1"), (80, "990000020000007"),
      ]),
      record([
        (1, "7\(addenda)\(code)"), (7, "990000010000001"), (28, "99000002"),
        (36, "NO SUCH ACCOUNT"), (80, "990000020000007"),
      ]),
    ]
  }

  private static func file(_ entries: [[String]], cents: Int, company: String = "1990000001")
    -> [String]
  {
    let records = entries.flatMap { $0 }
    let hash = number(99_000_002 * entries.count, 10)
    let sums = hash + number(0, 12) + number(cents, 12)
    return [
      record([(1, "101 9900000139900000131"), (24, "261120"), (34, "A094101")]),
      record([(1, "5220Contoso Payouts"), (41, company), (51, "CCD"), (79, "1990000020000001")]),
    ] + records + [
      record([(1, "8220"), (5, number(records.count, 6)), (11, sums), (45, company)]),
      record([
        (1, "9000001000001"), (14, number(records.count, 8)), (22, sums),
      ]), String(repeating: "9", count: 94),
    ]
  }

  private func read(_ lines: [String], ending: String = "\n") throws -> BankFile {
    try BankFixture.read(
      lines.map { $0 + ending }.joined(), accounts: BankAccounts(try Fixture.americanPayer()))
  }

  @Test("gives entries back with their code", arguments: ["\n", "\r\n"])
  func returns(ending: String) throws {
    let lines = Self.file(
      [
        Self.entry("9ABCDEF01234567", cents: 12_345),
        Self.entry("9ABCDEF01234568", cents: 5, code: "R99"),
      ], cents: 12_350)
    let file = try read(lines, ending: ending)
    #expect(file.format == "NACHA returns")
    #expect(file.bookings.map(\.amount.text) == ["123.45", "0.05"])
    let booking = try #require(file.bookings.first)
    #expect(booking.direction == .credit && booking.isReturn)
    #expect(booking.day == (try day("2026-11-20")))
    #expect(booking.place.line == 3)
    #expect(booking.details.map(\.endToEndId) == ["9ABCDEF01234567"])
    #expect(booking.details.map(\.reason) == ["R03"])
    #expect(booking.details.map(\.information) == ["NO SUCH ACCOUNT"])
    #expect(ReturnReason("R03").holdsProfile && ReturnReason("R99").holdsProfile)
  }

  @Test("corrections give nothing back, and show no account")
  func corrections() throws {
    let file = try read(
      Self.file([Self.entry("9ABCDEF01234567", cents: 0, addenda: "98", code: "C01")], cents: 0))
    #expect(file.bookings.isEmpty)
    #expect(file.findings.map(\.code) == [.B633])
    let message = try #require(file.findings.first?.message)
    #expect(message.contains("another account number") && !message.contains("NO SUCH"))
  }

  @Test("damage anywhere is read or refused, and never more than that", arguments: 0..<20)
  func anyDamage(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let lines = Self.file(
      [Self.entry("9ABCDEF01234567", cents: 12_345), Self.entry("X", cents: 1)], cents: 12_346)
    for _ in 0..<20 {
      var bytes = Array(lines.map { $0 + "\n" }.joined().utf8)
      for _ in 0...Int.random(in: 0..<4, using: &random) {
        let place = Int.random(in: 94..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes.remove(at: place)
        case 1: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
        default: bytes[place] = UInt8.random(in: 0x20...0x7E, using: &random)
        }
      }
      do {
        _ = try read([String(decoding: bytes, as: UTF8.self)], ending: "")
      } catch is BankRefusal {}
    }
  }

  static let damages: [(FindingCode, @Sendable ([String]) -> [String])] = [
    (.B620, { Array($0.dropLast(2)) }),
    (.B620, { lines in lines.enumerated().map { $0 == 2 ? String($1.dropLast()) : $1 } }),
    (.B621, { lines in lines.map { $0.replacing("621990000026", with: "622990000026") } }),
    (.B621, { lines in lines.map { $0.replacing("799R03", with: "705R03") } }),
    (.B622, { lines in lines.map { $0.replacing("1990000001CCD", with: "1990000009CCD") } }),
    (
      .B623,
      { lines in
        lines.map { $0.hasPrefix("6") ? $0.replacing("0000012345", with: "0000012346") : $0 }
      }
    ),
    (
      .B623,
      { lines in
        lines.map { $0.hasPrefix("9000001") ? $0.replacing("9000001", with: "9000002") : $0 }
      }
    ),
    (.B624, { lines in lines.map { $0.replacing("0000012345", with: "000001234X") } }),
    (.B624, { lines in lines.map { $0.replacing("261120", with: "261320") } }),
    (.B624, { $0 + [String(repeating: "8", count: 94)] }),
  ]

  @Test("what cannot be relied on is refused as a whole", arguments: damages.indices)
  func refused(index: Int) throws {
    let (code, damage) = Self.damages[index]
    let lines = Self.file([Self.entry("9ABCDEF01234567", cents: 12_345)], cents: 12_345)
    #expect(try read(lines).bookings.count == 1)
    do {
      _ = try read(damage(lines))
      Issue.record("it was read")
    } catch let refusal as BankRefusal {
      #expect(refusal.finding.code == code, "\(refusal.finding.message)")
    }
  }
}
