import ExactMoney
import Workspace

/// Compares a partner's own list of what it expects with its statement; a function of values.
struct ExpectedComparison {
  /// How a line of the list, or an earning that is not in it, stands to the other side.
  enum State: String, CaseIterable {
    case same
    /// Both have it, with another amount or currency.
    case different
    /// On the statement as not eligible: nothing was earned.
    case ineligible
    /// Taken in, and not on the statement of this period.
    case notHere
    /// Taken in for another partner, of whom nothing more is said.
    case otherPartner
    /// Nobody has delivered it.
    case unknown
    /// On the statement alone.
    case notExpected
  }

  /// An earning as the statement has it.
  struct Ours {
    var amount: ExactAmount
    var currency: String
    var isEligible = true
    /// What the cap took.
    var capped = ExactAmount.zero
    var rate = ""
    var reasons = ""
    var source = ""
  }

  /// One line of the comparison.
  struct Line {
    /// Of the list; nil for what is on the statement alone.
    var line: Int?
    var earningId: String
    var expected: String
    var earned: String
    var currency: String
    /// Earned less expected; empty where the two are not of one currency.
    var difference: String
    var state: State
    var why: String
  }

  /// An earning that is not on the statement.
  enum Elsewhere {
    /// Of the partner: where it ended, as a clause.
    case own(String)
    case otherPartner
  }

  private let ours: [String: Ours]
  private let elsewhere: [String: Elsewhere]

  /// - Parameters:
  ///   - ours: By earningId.
  ///   - elsewhere: Those that are not among them, as far as anybody knows them.
  init(ours: [String: Ours], elsewhere: [String: Elsewhere]) {
    self.ours = ours
    self.elsewhere = elsewhere
  }

  /// The lines of the list in their order, then what only the statement has, by its id.
  ///
  /// - Throws: ``MoneyError``.
  func lines(_ expected: [ExpectedEarning]) throws -> [Line] {
    var lines = try expected.map { try line($0) }
    let listed = Set(expected.map(\.earningId))
    for (id, own) in ours.sorted(by: { $0.key < $1.key }) where !listed.contains(id) {
      let amount = own.amount.text(decimals: 2)
      lines.append(
        Line(
          line: nil, earningId: id, expected: "", earned: amount, currency: own.currency,
          difference: amount, state: .notExpected,
          why: own.isEligible
            ? "on the statement, from \(own.source)"
            : "on the statement as not eligible: \(own.reasons)"))
    }
    return lines
  }

  private func line(_ expected: ExpectedEarning) throws -> Line {
    let wanted = expected.amount.text(decimals: expected.currency.minorDigits)
    var line = Line(
      line: expected.line, earningId: expected.earningId, expected: wanted, earned: "",
      currency: expected.currency.code, difference: "", state: .unknown,
      why: "no feed that was taken in has it")
    guard let own = ours[expected.earningId] else {
      switch elsewhere[expected.earningId] {
      case .own(let place): (line.state, line.why) = (.notHere, place)
      case .otherPartner:
        (line.state, line.why) = (.otherPartner, "it was taken in as another partner's")
      case nil: break
      }
      line.difference = expected.amount.negated.text(decimals: expected.currency.minorDigits)
      return line
    }
    line.earned = own.amount.text(decimals: expected.currency.minorDigits)
    if own.currency == expected.currency.code {
      line.difference = try own.amount.minus(expected.amount).text(
        decimals: expected.currency.minorDigits)
    }
    (line.state, line.why) = judge(expected, own)
    return line
  }

  private func judge(_ expected: ExpectedEarning, _ own: Ours) -> (State, String) {
    guard own.isEligible else { return (.ineligible, "not eligible: \(own.reasons)") }
    guard own.currency == expected.currency.code else {
      return (.different, "earned in \(own.currency)")
    }
    if own.amount == expected.amount { return (.same, "") }
    if let before = try? own.amount.plus(own.capped), !own.capped.isZero,
      before == expected.amount
    {
      return (.different, "the cap took \(own.capped.text(decimals: 2))")
    }
    let rate = own.rate.isEmpty ? "tiers" : "the rate \(own.rate)"
    return (.different, "earned by \(rate) from \(own.source)")
  }
}
