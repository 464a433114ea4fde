package import Domain
package import ExactMoney

/// The balances that are held, by reason, and for how many periods in a row.
package struct HoldTable: Sendable {
  /// What is held for one reason.
  package struct Entry: Sendable {
    package var balances = 0
    /// The closings, by currency.
    package var amounts: [Currency: Money] = [:]
    /// Balances by age, in the order of ``HoldTable/ages``.
    package var ages = [Int](repeating: 0, count: HoldTable.ages.count)
  }

  /// Ages in periods, this one included.
  package static let ages: [(name: String, periods: ClosedRange<Int>)] = [
    ("1", 1...1), ("2", 2...2), ("3–5", 3...5), ("6–11", 6...11), ("12 and more", 12...Int.max),
  ]

  package private(set) var entries: [FindingCode: Entry] = [:]

  package init() {}

  /// Counts a balance that is held.
  ///
  /// - Parameter age: In periods, this one included.
  /// - Throws: ``MoneyError/overflow``.
  package mutating func add(_ code: FindingCode, _ closing: Money, age: Int) throws(MoneyError) {
    var entry = entries[code] ?? Entry()
    entry.balances += 1
    let sum = entry.amounts[closing.currency] ?? .zero(closing.currency)
    entry.amounts[closing.currency] = try sum.plus(closing)
    if let place = Self.ages.firstIndex(where: { $0.periods.contains(age) }) {
      entry.ages[place] += 1
    }
    entries[code] = entry
  }
}
