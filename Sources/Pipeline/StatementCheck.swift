import Domain
import Feeds

/// Proves what a statement promises (docs/outputs.md, "Statements"): that its lines are there and in
/// order, and that what they say adds up.
struct StatementCheck {
  private let name: String
  private var findings = FindingLog(limit: Limits().findings)
  private var section: VerifySection?
  /// By the number of their records.
  private var lines: [Int: StatementLine] = [:]
  private var participant: [UInt8]?
  private var balances: Set<[UInt8]> = []
  private var lastBalance: [[UInt8]] = []
  private var rank = 0
  /// Lines stand in another order, so that what they add up to says nothing.
  private var isOutOfOrder = false
  private var number = 0

  private init(name: String) { self.name = name }

  /// The findings about a statement, and how many lines it has.
  ///
  /// - Throws: ``FeedRefusal`` if the file cannot be read.
  static func check(
    _ feed: FeedFile, _ syntax: StatementSyntax
  ) throws(FeedRefusal) -> (findings: FindingLog, lines: Int) {
    let table = try StatementTable(feed, syntax)
    var check = StatementCheck(name: feed.name)
    for line in table.lines { check.take(line) }
    // What follows is not known, so that the last sums say nothing.
    if table.fault == nil { check.finishSection() }
    if let fault = table.fault {
      check.findings.add(fault.code) { fault }
    } else if table.lines.isEmpty {
      check.report(.C404, nil, StatementColumn.lineType, "the statement has no lines")
    }
    return (check.findings, table.lines.count)
  }

  private mutating func take(_ line: StatementLine) {
    let record = line.record
    let type = record.text(StatementColumn.lineType)
    let key = record.key([StatementColumn.programName, StatementColumn.currency])
    if type == "opening" || section?.key != key {
      finishSection()
      beginSection(line, key)
    }
    lines[record.number] = line
    checkOrder(line, type)
    checkNumbers(line)
    section?.add(type, record)
  }

  // MARK: Order

  private mutating func beginSection(_ line: StatementLine, _ key: [UInt8]) {
    section = VerifySection(key: key, line: line.record.number)
    lines.removeAll()
    rank = 0
    let balance = [StatementColumn.programName, StatementColumn.currency].map {
      Array(line.record.text($0).utf8)
    }
    if !balances.insert(key).inserted {
      isOutOfOrder = true
      report(.C404, line, StatementColumn.lineType, "the balance stands on the statement twice")
    } else if !lastBalance.isEmpty, balance.lexicographicallyPrecedes(lastBalance, by: precedes) {
      report(
        .C404, line, StatementColumn.programName, "balances come by program and currency")
    }
    lastBalance = balance
  }

  private func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.lexicographicallyPrecedes(right)
  }

  private mutating func checkOrder(_ line: StatementLine, _ type: String) {
    guard let place = StatementLine.order.firstIndex(of: type) else {
      isOutOfOrder = true
      return report(
        .C404, line, StatementColumn.lineType,
        "there is no line of the type \(SafeText.shown(type))")
    }
    if place < rank {
      isOutOfOrder = true
      report(
        .C404, line, StatementColumn.lineType,
        "\(type) does not come after \(StatementLine.order[rank])")
    }
    rank = max(rank, place)
  }

  private mutating func checkNumbers(_ line: StatementLine) {
    let record = line.record
    let written = record.text(StatementColumn.lineNumber)
    if written != String(number + 1) {
      report(
        .C404, line, StatementColumn.lineNumber,
        number == 0
          ? "the first line is line \(SafeText.shown(written))"
          : "line \(SafeText.shown(written)) comes after line \(number)")
    }
    number = Int(written) ?? number + 1
    let own = Array(record.raw(0))
    if let participant, participant != own {
      report(.C404, line, 0, "a statement is of one partner")
    }
    participant = participant ?? own
  }

  // MARK: Sums

  private mutating func finishSection() {
    guard var done = section.take(), !isOutOfOrder else { return }
    done.finish()
    for fault in done.details {
      let line = lines[fault.record ?? done.line]
      let code: FindingCode =
        switch fault.kind {
        case .sum: .C403
        case .line: .C404
        case .decimal: .R203
        }
      report(code, line, fault.column, fault.what)
    }
    if done.sum("payment") < 0 {
      report(.C403, lines[done.line], StatementColumn.amount, "a payment is never negative")
    }
  }

  private mutating func report(
    _ code: FindingCode, _ line: StatementLine?, _ column: Int, _ message: String
  ) {
    let place = line?.place(column)
    findings.add(code) {
      var finding = Finding(
        code, feed: name, line: place?.line, column: place?.column,
        byteOffset: place?.byteOffset, field: StatementColumn.names[column],
        value: line.map { SafeText.shown($0.record.text(column)) } ?? "", message: message,
        remedy: StatementLine.remedy)
      finding.participantId = line.map { SafeText.shown($0.record.text(0)) } ?? ""
      finding.earningId =
        line.map { SafeText.shown($0.record.text(StatementColumn.earningId)) } ?? ""
      return finding
    }
  }
}
