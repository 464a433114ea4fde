import Domain

/// The days that the entries of a lever's `rates` cover so far, by what they ask for.
///
/// An entry cannot be reached where earlier ones that ask for no more leave no day to it.
struct RateCoverage {
  /// Days without a gap between them, covered by one entry or several.
  fileprivate struct Stretch {
    var first: Int32
    var last: Int32
    /// Of the earliest of the entries.
    var line: Int
  }

  /// Up to so many conditions every choice of them is looked up; with more, all groups are.
  private static let conditionsMax = 6

  /// By conditions: stretches in ascending order, with gaps between them.
  private var groups: [Set<WhereClause>: [Stretch]] = [:]

  /// Adds an entry.
  ///
  /// - Returns: If all its days are covered, the line of an earlier entry that covers the first.
  mutating func add(_ entry: RateEntry, line: Int) -> Int? {
    let conditions = Set(entry.conditions)
    let first = entry.from?.number ?? Int32.min
    let last = entry.to?.number ?? Int32.max
    if let covering = lineCovering(first, last, groups(askingNoMoreThan: conditions)) {
      return covering
    }
    groups[conditions, default: []].insert(Stretch(first: first, last: last, line: line))
    return nil
  }

  private func lineCovering(_ first: Int32, _ last: Int32, _ groups: [[Stretch]]) -> Int? {
    var line: Int?
    var next = first
    while true {
      let stretches = groups.compactMap { $0.stretch(covering: next) }
      guard let furthest = stretches.max(by: { $0.last < $1.last }) else { return nil }
      line = line ?? furthest.line
      if furthest.last >= last { return line }
      next = furthest.last + 1
    }
  }

  private func groups(askingNoMoreThan conditions: Set<WhereClause>) -> [[Stretch]] {
    let list = Array(conditions)
    guard list.count <= RateCoverage.conditionsMax else {
      return groups.filter { $0.key.isSubset(of: conditions) }.map(\.value)
    }
    return (0..<(1 << list.count)).compactMap { choice in
      groups[Set(list.indices.filter { choice >> $0 & 1 == 1 }.map { list[$0] })]
    }
  }
}

extension [RateCoverage.Stretch] {
  /// The number of stretches that begin on or before a day.
  fileprivate func countBeginning(by day: Int32) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle].first <= day { low = middle + 1 } else { high = middle }
    }
    return low
  }

  fileprivate func stretch(covering day: Int32) -> RateCoverage.Stretch? {
    let number = countBeginning(by: day)
    return number > 0 && self[number - 1].last >= day ? self[number - 1] : nil
  }

  /// Adds a stretch and joins it with those that it touches.
  fileprivate mutating func insert(_ stretch: RateCoverage.Stretch) {
    var joined = stretch
    var start = countBeginning(by: stretch.first)
    if start > 0, Int(self[start - 1].last) + 1 >= Int(stretch.first) { start -= 1 }
    var end = start
    while end < count, Int(self[end].first) <= Int(joined.last) + 1 {
      joined.first = Swift.min(joined.first, self[end].first)
      joined.last = Swift.max(joined.last, self[end].last)
      joined.line = Swift.min(joined.line, self[end].line)
      end += 1
    }
    replaceSubrange(start..<end, with: CollectionOfOne(joined))
  }
}
