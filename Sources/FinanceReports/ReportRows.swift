import Domain
import ExactMoney

/// The rows of the register as JSON in the page, from which the script draws those that are looked at.
///
/// A row is an array: id, name, program, currency, status and method as numbers in lists that follow,
/// hold codes, amounts (opening, earned, other, paid, closing; the first three less the fourth are the
/// last), the payment of the period before, and the name of its statement where that is
/// not the id.
struct ReportRows {
  private let registry: Registry
  private let plans: Plans
  /// By partner; nil where there are no statements.
  private let statements: [String]?
  private let format: String
  private(set) var count = 0
  var bytes: [UInt8] = []

  init(registry: Registry, plans: Plans, statements: [String]?, format: String) {
    self.registry = registry
    self.plans = plans
    self.statements = statements
    self.format = format
    bytes += "<script type=\"application/json\" id=\"rows\">[".utf8
  }

  /// - Parameter before: What was paid in the period before.
  /// - Throws: ``MoneyError/overflow``.
  mutating func add(_ settlement: Settlement, before: Money?) throws(MoneyError) {
    let partner = registry.partners[settlement.partner]
    bytes += (count == 0 ? "\n[" : ",\n[").utf8
    count += 1
    string(partner.participantId)
    comma()
    string(DisplayText.of(partner.name))
    bytes += ",\(settlement.program),\"\(settlement.currency.code)\",".utf8
    bytes += "\"\(settlement.status.rawValue)\",\"".utf8
    bytes += settlement.holds.codes.map(\.rawValue).joined(separator: " ").utf8
    bytes += "\"".utf8
    for money in [
      settlement.opening, settlement.earned, try ReportRows.other(settlement),
      settlement.totalPayment, settlement.closing, before ?? .zero(settlement.currency),
    ] {
      bytes += ",\"".utf8
      AmountText.append(money, to: &bytes)
      bytes.append(0x22)
    }
    if let name = statements?[settlement.partner], name != partner.participantId {
      comma()
      string(name)
    }
    bytes.append(0x5D)
  }

  /// What else there is between opening and closing: adjustments and taxes.
  private static func other(_ settlement: Settlement) throws(MoneyError) -> Money {
    try settlement.adjustments.plus(settlement.totalPayment).minus(settlement.gross)
  }

  /// Ends the rows and adds the lists that they refer to.
  ///
  /// - Parameter period: The one that was closed before; nil where there is none.
  mutating func finish(before period: Period?) {
    bytes += "\n]</script>\n<script type=\"application/json\" id=\"lists\">{\"programs\":[".utf8
    for (position, plan) in plans.plans.enumerated() {
      if position > 0 { comma() }
      string(DisplayText.of(plan.program))
    }
    bytes += "],\"statements\":".utf8
    string(statements == nil ? "" : format)
    bytes += ",\"before\":".utf8
    string(period?.text ?? "")
    bytes += "}</script>\n".utf8
  }

  private mutating func comma() {
    bytes.append(0x2C)
  }

  /// A text in quotes, in which nothing ends a script or means anything to HTML.
  private mutating func string(_ text: String) {
    bytes.append(0x22)
    for byte in SafeText.escaped(text).utf8 {
      switch byte {
      case 0x22: bytes += "\\\"".utf8
      case 0x5C: bytes += "\\\\".utf8
      case 0x3C: bytes += "\\u003c".utf8
      case 0x3E: bytes += "\\u003e".utf8
      case 0x26: bytes += "\\u0026".utf8
      default: bytes.append(byte)
      }
    }
    bytes.append(0x22)
  }
}
