package import Domain
package import ExactMoney

/// What whoever delivered a feed says of its rows and sums.
package struct ControlTotals: Hashable, Sendable {
  package var rows: Int?
  /// By currency code; nil if no sums were given. A currency not listed is 0.
  package var sums: [String: ExactAmount]?

  package init(rows: Int?, sums: [String: ExactAmount]?) {
    self.rows = rows
    self.sums = sums
  }
}

/// Counts the rows of a feed and adds up its amounts, to be compared with its control totals.
package struct FeedTotals: Sendable {
  package private(set) var rows = 0
  /// By currency index; every row whose amount and currency could be read.
  package private(set) var sums = [ExactAmount](repeating: .zero, count: Currency.count)
  /// Whether every amount and currency could be read.
  package private(set) var isComplete = true
  private var overflowed = false

  package init() {}

  package mutating func add(_ batch: EarningBatch) {
    rows += batch.count
    for row in 0..<batch.count {
      guard batch.flags[row].contains(.amountReadable) else {
        isComplete = false
        continue
      }
      let currency = Int(batch.currencies[row].index)
      do throws(MoneyError) {
        sums[currency] = try sums[currency].plus(batch.amounts[row])
      } catch {
        overflowed = true
      }
    }
  }

  /// Compares with what was announced.
  ///
  /// - Returns: The warning F117 where sums were announced and could not be compared.
  /// - Throws: ``FeedRefusal`` with F108 or F113.
  package func check(
    against control: ControlTotals?, feed: FeedFile
  ) throws(FeedRefusal) -> Finding? {
    if let announced = control?.rows, announced != rows {
      throw FeedRefusal(
        Finding(
          .F108, feed: feed.name, field: "rows", value: String(announced),
          message: "control totals announce \(announced) rows, the feed has \(rows)"))
    }
    if rows == 0, control?.rows != 0 {
      throw FeedRefusal(Finding(.F113, feed: feed.name, message: "the feed has no rows"))
    }
    guard let announced = control?.sums else { return nil }
    guard isComplete, !overflowed else {
      return Finding(
        .F117, feed: feed.name, field: "totals",
        message: "control sums were not compared: not every amount and currency could be read")
    }
    try compare(announced, feed)
    return nil
  }

  private func compare(
    _ announced: [String: ExactAmount], _ feed: FeedFile
  ) throws(FeedRefusal) {
    var codes = Set(announced.keys)
    for currency in Currency.all where !sums[Int(currency.index)].isZero {
      codes.insert(currency.code)
    }
    for code in codes.sorted() {
      let expected = announced[code] ?? .zero
      let currency = Currency(code)
      let found = currency.map { sums[Int($0.index)] } ?? .zero
      guard expected != found else { continue }
      let decimals = currency?.minorDigits ?? 0
      throw FeedRefusal(
        Finding(
          .F108, feed: feed.name, field: "totals", value: SafeText.shown(code),
          message: "control totals announce \(SafeText.shown(code))"
            + " \(expected.text(decimals: decimals)), the rows add up to"
            + " \(found.text(decimals: decimals))"))
    }
  }
}
