package import Domain

extension EarningLine {
  /// Whether two lines stand under one heading: of one lever, month and earning type.
  package func isInGroup(of other: EarningLine) -> Bool {
    record.lever == other.record.lever && period == other.period
      && record.typeNumber == other.record.typeNumber
  }
}
