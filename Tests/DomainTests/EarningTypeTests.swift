import Domain
import ExactMoney
import Testing

@Suite("Earning types")
struct EarningTypeTests {
  static let named: [(text: String, type: EarningType)] = [
    ("Rebate", .rebate), ("Co-op", .coop), ("Fee", .fee), ("Sell", .sell),
    ("Adjustment", .adjustment),
    // Case is folded.
    ("REBATE", .rebate), ("rebate", .rebate), ("aDJUSTMENT", .adjustment),
    // So is punctuation, wherever it stands.
    ("Coop", .coop), ("CO_OP", .coop), ("co.op", .coop), ("-Fee-", .fee), ("[S|e~l`l]", .sell),
  ]

  @Test("named by", arguments: named)
  func isNamed(text: String, type: EarningType) {
    #expect(EarningType(text) == type)
  }

  static let unknown: [String] = [
    "", "-", "Rebates", "Re bate", "Co op", " Fee", "Fee ", "Fées", "Ｆee", "Bonus",
  ]

  @Test("not named by", arguments: unknown)
  func isUnknown(text: String) {
    #expect(EarningType(text) == nil)
  }

  @Test("only ASCII punctuation is folded away")
  func fold() {
    // Everything that can be printed: letters become small, digits and the blank stay.
    let printable = Array(UInt8(0x20)...0x7E)
    let expected = " 0123456789abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"
    #expect(String(decoding: EarningType.fold(printable.span), as: UTF8.self) == expected)
    // Control characters and bytes of other scripts stay as they are.
    let others: [UInt8] = [0x09, 0x7F, 0xC3, 0x84]
    #expect(EarningType.fold(others.span) == others)
  }

  @Test("a plan's own names come first, folded like the others")
  func planNames() throws {
    let usd = try #require(Currency("USD"))
    let incentive = Array("Incentive+".utf8)
    let fee = Array("fee".utf8)
    let plan = Plan(
      program: "P", currency: usd, eligibility: .all([]), defaultLever: nil, levers: [],
      earningTypes: [
        EarningType.fold(incentive.span): .rebate, EarningType.fold(fee.span): .sell,
      ], file: "plans/p.yaml")
    let cases: [(text: String, type: EarningType?)] = [
      ("INCENTIVE", .rebate), ("incen-tive", .rebate),
      // It hides the type of that name.
      ("Fee", .sell),
      ("Co-op", .coop), ("Bonus", nil),
    ]
    for (text, type) in cases {
      let bytes = Array(text.utf8)
      #expect(plan.earningType(bytes.span) == type, "\(text)")
    }
  }
}
