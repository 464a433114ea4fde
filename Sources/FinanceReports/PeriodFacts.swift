package import Domain
package import ExactMoney

/// What the reports say of a period besides its balances.
package struct PeriodFacts: Sendable {
  /// A feed that was taken in in the period, or refused just now.
  package struct Feed: Sendable {
    package var name: String
    /// As the ledger counts feeds; nil where it was refused.
    package var number: Int?
    package var rows: Int
    package var findings: FindingLog

    package init(name: String, number: Int?, rows: Int, findings: FindingLog) {
      self.name = name
      self.number = number
      self.rows = rows
      self.findings = findings
    }
  }

  /// A proof that was made, and over how many things.
  package struct Check: Sendable {
    package var rule: String
    package var checked: Int

    package init(rule: String, checked: Int) {
      self.rule = rule
      self.checked = checked
    }
  }

  package var period: Period
  package var asOf: Day
  package var isDraft: Bool
  package var payer = ""
  /// By the bytes of their names.
  package var feeds: [Feed] = []
  package var tally = BucketTally()
  /// Names by feed number.
  package var feedNames: [String] = []
  /// By feed number, the period in which it was taken in.
  package var takenIn: [Int: Period] = [:]
  package var checks: [Check] = []
  /// The period that was closed before; nil where there is none.
  package var before: Period?
  /// What its balances were, by currency.
  package var openings: [Currency: Money] = [:]
  /// What became of the payments of earlier periods; nil where no file of a bank was reconciled.
  package var bank: BankFacts?
  /// The other files of the output directory that the report points to.
  package var files: [String] = []

  package init(period: Period, asOf: Day, isDraft: Bool) {
    self.period = period
    self.asOf = asOf
    self.isDraft = isDraft
  }

  /// Rows of the feeds taken in in the period that ended in a bucket.
  func rows(_ bucket: Bucket) -> Int {
    tally.entries.reduce(0) { sum, entry in
      let isCounted = entry.key.bucket == bucket && takenIn[entry.key.feed] == period
      return sum + (isCounted ? entry.value.rows : 0)
    }
  }

  /// The rows of `buckets.csv`, in their order.
  var buckets: [(key: BucketTally.Key, entry: BucketTally.Entry)] {
    func texts(_ key: BucketTally.Key) -> [String] {
      [
        takenIn[key.feed]?.text ?? "", feedNames[key.feed], key.currency?.code ?? "",
        key.bucket.name,
      ]
    }
    let keyed = tally.entries.map { (texts: texts($0.key), key: $0.key, entry: $0.value) }
    return keyed.sorted { left, right in
      for (a, b) in zip(left.texts, right.texts) where a != b { return precedesInBytes(a, b) }
      return false
    }.map { ($0.key, $0.entry) }
  }
}
