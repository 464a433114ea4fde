package import ExactMoney

/// Exchange rates by period and pair; there is no implied inverse and no implied cross rate.
package struct ExchangeRates: Sendable {
  /// Which rate is meant.
  package struct Key: Hashable, Comparable, Sendable {
    package var period: Period
    package var from: Currency
    package var to: Currency

    package init(period: Period, from: Currency, to: Currency) {
      self.period = period
      self.from = from
      self.to = to
    }

    package static func < (left: Key, right: Key) -> Bool {
      if left.period != right.period { return left.period < right.period }
      return (left.from, left.to) < (right.from, right.to)
    }
  }

  /// A rate and where it came from.
  package struct Entry: Hashable, Sendable {
    /// How much `to` one `from` buys.
    package var rate: ExactRate
    package var source: String

    package init(rate: ExactRate, source: String) {
      self.rate = rate
      self.source = source
    }
  }

  package let entries: [Key: Entry]

  package init(_ entries: [Key: Entry]) {
    self.entries = entries
  }

  /// The rate of a period, 1 between a currency and itself, nil where none is given.
  package func rate(_ period: Period, from: Currency, to: Currency) -> ExactRate? {
    from == to ? .one : entries[Key(period: period, from: from, to: to)]?.rate
  }
}
