import Domain
import ExactMoney

/// Counts and adds up the rows of a feed, and compares its trailers with them.
struct ProfileTrailers {
  private let profile: FeedProfile
  private let feed: FeedFile
  private let number: ProfileNumber
  private var rows = Count()
  private var sections = 0
  /// By trailer: whether it has counted the rows; none may follow.
  private var isCounted: [Bool]
  /// By trailer: how often it was there.
  private var found: [Int]
  /// By trailer: what its column adds up to, and whether every value could be read.
  private var sums: [Sum]

  private struct Count {
    var all = 0
    var section = 0
  }

  private struct Sum {
    var all = ExactAmount.zero
    var section = ExactAmount.zero
    var isComplete = true
  }

  init(_ profile: FeedProfile, _ feed: FeedFile) {
    self.profile = profile
    self.feed = feed
    number = ProfileNumber(profile.numbers)
    found = profile.trailers.map { _ in 0 }
    isCounted = profile.trailers.map { _ in false }
    sums = profile.trailers.map { _ in Sum() }
  }

  mutating func beginSection() {
    sections += 1
    for index in isCounted.indices where profile.trailers[index].ofSection {
      isCounted[index] = false
    }
    rows.section = 0
    for index in sums.indices { sums[index].section = .zero }
  }

  /// Takes a row, also one that the profile leaves out.
  ///
  /// - Throws: ``FeedRefusal`` with F114 if it stands behind a trailer that counted the rows.
  mutating func add(
    _ records: borrowing ProfileRecords, _ record: Int
  ) throws(FeedRefusal) {
    guard !isCounted.contains(true) else {
      throw refusal(
        records.records.line(of: record), value: "",
        "a row stands behind the trailer, which did not count it")
    }
    rows.all += 1
    rows.section += 1
    for index in sums.indices {
      guard let column = records.layout.trailers[index].column else { continue }
      let text = records.value(record, column) ?? []
      guard let amount = amount(text) else {
        sums[index].isComplete = false
        continue
      }
      do throws(MoneyError) {
        sums[index].all = try sums[index].all.plus(amount)
        sums[index].section = try sums[index].section.plus(amount)
      } catch {
        sums[index].isComplete = false
      }
    }
  }

  private func amount(_ text: [UInt8]) -> ExactAmount? {
    guard !text.isEmpty else { return .zero }
    return number.canonical(text).flatMap { ExactAmount(String(decoding: $0, as: UTF8.self)) }
  }

  /// Compares a record with the rows by every trailer that it is.
  ///
  /// - Returns: The warnings F117 where sums could not be compared.
  /// - Throws: ``FeedRefusal`` with F114.
  mutating func check(
    _ records: borrowing ProfileRecords, _ record: Int
  ) throws(FeedRefusal) -> [Finding] {
    var warnings: [Finding] = []
    for (number, trailer) in records.layout.trailers.enumerated()
    where records.holds(trailer.conditions, record) {
      if let warning = try check(number, records, record) { warnings.append(warning) }
    }
    return warnings
  }

  private mutating func check(
    _ trailer: Int, _ records: borrowing ProfileRecords, _ record: Int
  ) throws(FeedRefusal) -> Finding? {
    found[trailer] += 1
    isCounted[trailer] = true
    let rule = records.layout.trailers[trailer]
    let line = records.records.line(of: record)
    let column = rule.check.column
    let text = shown(records, record, column)
    guard records.value(record, column) != nil else {
      throw refusal(
        line, value: "",
        "the trailer has no value \(column + 1), which the profile \(profile.name) looks at")
    }
    switch rule.check {
    case .rows:
      let expected = rule.ofSection ? rows.section : rows.all
      guard Int(text) == expected else {
        throw refusal(
          line, value: text, "the trailer says \(text) rows, and there are \(expected)")
      }
    case .sum:
      let sum = rule.ofSection ? sums[trailer].section : sums[trailer].all
      guard sums[trailer].isComplete else {
        return Finding(
          .F117, feed: feed.name, line: line, value: SafeText.shown(text),
          message: "the sum of the trailer was not compared: not every amount could be read")
      }
      guard let announced = amount(records.value(record, column) ?? []), announced == sum else {
        throw refusal(
          line, value: text,
          "the trailer says \(text), and the rows add up to \(sum.text(decimals: 2))")
      }
    }
    return nil
  }

  /// Checks, at the end of the feed, that no trailer is missing.
  ///
  /// - Throws: ``FeedRefusal`` with F114.
  func finish() throws(FeedRefusal) {
    for (index, trailer) in profile.trailers.enumerated()
    where found[index] < (trailer.ofSection ? max(sections, 1) : 1) {
      throw FeedRefusal(
        Finding(
          .F114, feed: feed.name,
          message: "trailer \(index + 1) of the profile \(profile.name) is missing: the feed may be"
            + " cut off"))
    }
  }

  private func shown(
    _ records: borrowing ProfileRecords, _ record: Int, _ column: Int
  ) -> String {
    SafeText.shown(String(decoding: records.value(record, column) ?? [], as: UTF8.self))
  }

  private func refusal(_ line: Int, value: String, _ message: String) -> FeedRefusal {
    FeedRefusal(
      Finding(.F114, feed: feed.name, line: line, column: 1, value: value, message: message))
  }
}
