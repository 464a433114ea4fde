import Foundation
import Testing

/// What happens before one run of a scripted year.
struct YearStep {
  /// What the workspace says by then.
  var world: YearWorld
  /// What has been delivered, by the name of the feed.
  var feeds: [String: [YearRow]] = [:]
  /// The last day of the period, if it is nil.
  var asOf: String?
}

/// Drives the built program through a year, and the oracle beside it, and compares.
final class YearDriver {
  let root = Program.temporary()
  let oracle: YearOracle
  /// What the program wrote of each closed period, as it was when it was closed.
  private(set) var finals: [String: Outbox] = [:]

  init(_ world: YearWorld) throws {
    oracle = YearOracle(world)
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
  }

  deinit { Program.remove(root) }

  var period: String { oracle.period }

  func deliver(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: root.appending(path: "inbox/" + name))
  }

  /// Runs, and expects what the oracle says; once more, and expects every byte to stay.
  func run(_ step: YearStep) throws {
    try step.world.write(to: root)
    for (name, rows) in step.feeds { try deliver(name, YearRow.csv(rows)) }
    let options = step.asOf.map { ["--as-of", $0] } ?? []
    try runProgram(options)
    oracle.run(step.world, step.feeds, asOf: step.asOf)
    try compare(isFinal: false)
    try expectNoChange("run again") { try runProgram(options) }
  }

  @discardableResult
  func runProgram(_ options: [String] = []) throws -> Program.Result {
    let result = try Program.run(["run", "--workspace", root.path] + options)
    try #require([0, 1].contains(result.code), "run of \(period): \(result.talk)")
    return result
  }

  /// Previews the close and closes, expects what the oracle says, and closes once more; what is
  /// gone from the outbox is drawn again to the same bytes.
  func close() throws {
    let preview = Program.temporary()
    let outbox = root.appending(path: "outbox/" + period)
    defer { Program.remove(preview) }
    oracle.run(oracle.world, [:])
    try expectNoChange("preview") { try closeProgram("--preview", preview.path) }
    try closeProgram()
    try compare(isFinal: true)
    #expect(try Program.files(preview) == Program.files(outbox), "the preview of \(period)")
    try expectNoChange("close again") { try closeProgram() }
    try expectNoChange("drawing the closed period again") {
      Program.remove(outbox)
      try closeProgram()
    }
    finals[period] = try Outbox(directory: outbox)
    oracle.close()
  }

  private func closeProgram(_ options: String...) throws {
    let result = try Program.run(["close", period, "--workspace", root.path, "--quiet"] + options)
    try #require([0, 1].contains(result.code), "close of \(period): \(result.talk)")
  }

  /// Expects a close that is refused, and changes nothing.
  func expectRefusal(_ code: Int32, _ texts: String...) throws {
    try expectNoChange("a refused close") {
      let result = try Program.run(["close", period, "--workspace", root.path])
      #expect(result.code == code)
      for text in texts { #expect(result.talk.contains(text), "\(result.talk)") }
    }
  }

  /// Expects that something leaves the whole workspace as it is, to the byte.
  func expectNoChange(_ what: String, _ body: () throws -> Void) throws {
    let before = try Program.files(root)
    try body()
    let after = try Program.files(root)
    for path in Set(before.keys).union(after.keys).sorted() where before[path] != after[path] {
      Issue.record("\(what) in \(period) changes \(path)")
    }
  }

  // MARK: Comparing

  private func compare(isFinal: Bool) throws {
    let outbox = try Outbox(directory: root.appending(path: "outbox/" + period))
    let expected = YearExpectation(oracle)
    let title = "\(period) \(isFinal ? "final" : "draft")"
    let issued = isFinal ? "In progress" : "Upcoming"
    expectSame(
      try YearExpectation.register(outbox),
      expected.register.map { $0.replacing("Issued", with: issued) },
      "\(title): register")
    expectSame(try YearExpectation.lines(outbox), expected.lines, "\(title): statements")
    expectSame(try YearExpectation.ineligible(outbox), expected.ineligible, "\(title): ineligible")
    expectSame(try YearExpectation.buckets(outbox), expected.buckets, "\(title): buckets")
  }

  private func expectSame(_ actual: [String], _ expected: [String], _ what: String) {
    let (actual, expected) = (actual.sorted(), expected.sorted())
    guard actual != expected else { return }
    let extra = actual.filter { !expected.contains($0) }
    let missing = expected.filter { !actual.contains($0) }
    Issue.record("\(what): only the program has \(extra), only the oracle has \(missing)")
  }
}

/// What the oracle expects of an output directory, and what stands in one, as comparable texts.
struct YearExpectation {
  var register: [String] = []
  var lines: [String] = []
  var ineligible: [String] = []
  var buckets: [String] = []

  init(_ oracle: YearOracle) {
    for account in oracle.accounts() {
      let settled = oracle.settle(account)
      for row in settled.rows { register.append(Self.text(account, row)) }
      for line in settled.lines {
        let head = "\(account.partner) \(line.entry.row.id) \(line.entry.month)"
        lines.append("earning \(head) \(YearMoney.text(line.earned)) \(line.currency)")
        guard line.capped != 0 else { continue }
        lines.append("capped \(head) \(YearMoney.text(line.capped)) \(line.currency)")
      }
    }
    for entry in oracle.entries
    where entry.bucket == "ineligible" && entry.assessedIn == oracle.period {
      let until = oracle.disputeBy(entry.row)
      ineligible.append(
        "\(entry.row.partner) \(entry.row.id) \(entry.reasons.joined(separator: " ")) \(until)"
          + " \(entry.feed):\(entry.line)")
    }
    addBuckets(oracle)
  }

  private mutating func addBuckets(_ oracle: YearOracle) {
    var sums: [String: (rows: Int, amount: Int128)] = [:]
    for entry in oracle.entries where entry.takenIn == oracle.period || entry.wasOpen {
      let key = "\(entry.takenIn) \(entry.feed) \(entry.row.currency) \(entry.bucket)"
      let sum = sums[key] ?? (0, 0)
      sums[key] = (sum.rows + 1, sum.amount + entry.row.amount)
    }
    buckets = sums.map { "\($0) \($1.rows) \(YearMoney.text($1.amount))" }
  }

  static let amounts = [
    "opening", "earned", "adjustments", "gross", "salesTax", "withheldTax", "totalPayment",
    "closing", "coopOpening", "coop", "coopClosing",
  ]

  private static func text(_ account: YearAccount, _ row: YearRegisterRow) -> String {
    let amounts = [
      row.opening, row.earned, row.adjustments, row.gross, row.salesTax, row.withheldTax,
      row.totalPayment, row.closing, row.coopOpening, row.coop, row.coopClosing,
    ]
    let status =
      !row.holds.isEmpty ? "On hold" : row.totalPayment == 0 ? "Nothing due" : "Issued"
    return
      ([account.partner, account.program, row.currency]
      + amounts.map { YearMoney.text($0) } + [status] + row.holds).joined(separator: " ")
  }

  static func register(_ outbox: Outbox) throws -> [String] {
    try outbox.table("register.csv").map { row in
      let names = ["participantId", "programName", "currency"]
      let amounts = try amounts.map { YearMoney.text(Int128(try millionths(row[$0]))) }
      let holds = row["holdReasons"] ?? ""
      return
        (names.map { row[$0] ?? "" } + amounts + [row["paymentStatus"] ?? ""]
        + (holds.isEmpty ? [] : [holds])).joined(separator: " ")
    }
  }

  static func lines(_ outbox: Outbox) throws -> [String] {
    try outbox.statementLines().filter { ["earning", "capped"].contains($0["lineType"]) }.map {
      let names = ["lineType", "participantId", "earningId", "period"]
      let amount = YearMoney.text(Int128(try millionths($0["earnedAmount"])))
      let line = $0
      return (names.map { line[$0] ?? "" } + [amount, line["earnedCurrency"] ?? ""])
        .joined(separator: " ")
    }
  }

  static func ineligible(_ outbox: Outbox) throws -> [String] {
    try outbox.table("ineligible.csv").map { row in
      let names = ["participantId", "earningId", "reasonCodes", "disputeBy"]
      return names.map { row[$0] ?? "" }.joined(separator: " ")
        + " \(row["feed"] ?? ""):\(row["line"] ?? "")"
    }
  }

  static func buckets(_ outbox: Outbox) throws -> [String] {
    try outbox.table("buckets.csv").map { row in
      let names = ["period", "feed", "currency", "bucket", "rows"]
      return names.map { row[$0] ?? "" }.joined(separator: " ")
        + " " + YearMoney.text(Int128(try millionths(row["amount"])))
    }
  }
}
