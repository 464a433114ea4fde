/// The findings of one feed: the first ones in full, all of them counted.
///
/// Past the limit a finding costs a count and nothing else, so that a feed of nothing but errors
/// is read as fast as a clean one.
package struct FindingLog: Sendable {
  package let limit: Int
  package private(set) var listed: [Finding] = []
  package private(set) var counts: [FindingCode: Int] = [:]

  package init(limit: Int) {
    self.limit = limit
  }

  /// A log of findings that are all listed.
  package init(_ findings: [Finding]) {
    self.init(limit: .max)
    for finding in findings { add(finding.code) { finding } }
  }

  /// A log as it was kept.
  package init(limit: Int, listed: [Finding], counts: [FindingCode: Int]) {
    self.limit = limit
    self.listed = listed
    self.counts = counts
  }

  /// Counts a finding, and lists it if there is room.
  package mutating func add(_ code: FindingCode, _ finding: () -> Finding) {
    if count(code) { list(finding()) }
  }

  /// Counts a finding.
  ///
  /// - Returns: Whether there is room to ``list(_:)`` it.
  package mutating func count(_ code: FindingCode) -> Bool {
    counts[code, default: 0] += 1
    return listed.count < limit
  }

  /// Lists a finding that was counted and has room.
  package mutating func list(_ finding: Finding) {
    listed.append(finding)
  }

  /// Counts findings that are not listed.
  package mutating func count(_ code: FindingCode, _ number: Int) {
    if number > 0 { counts[code, default: 0] += number }
  }

  /// Takes over what another log of the same feed has; the first ones by place stay listed.
  package mutating func merge(_ other: FindingLog) {
    counts.merge(other.counts, uniquingKeysWith: +)
    listed += other.listed
    sort()
    if listed.count > limit { listed.removeLast(listed.count - limit) }
  }

  /// Puts the listed findings into the order in which they are shown.
  package mutating func sort() {
    listed.sort(by: Finding.precedes)
  }

  package var total: Int { counts.values.reduce(0, +) }

  /// How many findings are counted but not listed.
  package var leftOut: Int { total - listed.count }

  /// How many findings are counted but not listed, by code; only those of which there are any.
  package var leftOutByCode: [(code: FindingCode, count: Int)] {
    var rest = counts
    for finding in listed { rest[finding.code, default: 0] -= 1 }
    return rest.filter { $0.value > 0 }.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }
  }

  /// How many findings have a severity, those not listed included.
  package func count(_ severity: Severity) -> Int {
    counts.reduce(0) { $0 + ($1.key.severity == severity ? $1.value : 0) }
  }

  /// The most that is said, nil if nothing is.
  package var worst: Severity? { counts.keys.map(\.severity).max() }
}
