import ByteStreams
import Calculation
import Domain
import ExactMoney
import Ledger
import Workspace

/// Tells what became of one delivered row, from the line of its feed to the payment.
struct ExplainEarning {
  let open: ExplainWorkspace
  let row: DeliveredRow
  let asOf: Day?

  private var id: String { row.text(.earningId) }

  /// - Throws: ``RunFailure``; ``FileError``; what the ledger throws.
  func meaning() throws -> Explanation.Meaning {
    let history = try open.ledger.history(of: row.key)
    let bucket = history.last?.fate.bucket ?? .rejected
    var meaning = Explanation.Meaning(
      .earning, "Earning \(SafeText.shown(id, bytesMax: 200)): \(bucket.name)")
    meaning.sections = [delivered(), values(), try findings(), ended(history)]
    switch bucket {
    case .rejected, .duplicate:
      meaning.period = row.feed.period.text
      if bucket == .duplicate { meaning.sections.append(try counted()) }
    case .accepted:
      let period = ExplainEarning.acceptedIn(history) ?? row.feed.period
      meaning.period = period.text
      meaning.sections += try settled(in: period)
    case .ineligible, .notYetDue:
      let period = try lastAssessment()
      meaning.period = period.text
      meaning.sections += try settled(in: period)
    }
    return meaning
  }

  /// The period on whose statement an accepted row stands: the one in which it became accepted.
  static func acceptedIn(_ history: [LedgerFateChange]) -> Period? {
    var period: Period?
    for change in history {
      if change.fate.bucket != .accepted { period = nil } else { period = period ?? change.period }
    }
    return period
  }

  // MARK: The feed

  private func delivered() -> Explanation.Section {
    let feed = row.feed
    var section = Explanation.Section("delivered", "As delivered")
    section.facts = [
      .init("feed", "feed", feed.name, note: "archive/\(feed.period.text)/\(feed.name)"),
      .init("line", "line", String(row.place.line), note: "column \(row.place.column)"),
      .init(
        "byteOffset", "byte", String(row.place.byteOffset ?? 0),
        note: "of the decompressed feed; the record begins there"),
      .init(
        "idPlace", "earningId at",
        "\(row.idPlace.line):\(row.idPlace.column)"
          + (row.idPlace.byteOffset.map { ", byte \($0)" } ?? "")),
      .init(
        "takenIn", "taken in", feed.period.text,
        note: "as feed \(feed.number), SHA-256 \(feed.digest.hex)"),
    ]
    // The tabs between values are blanks here, as in the excerpts of findings.
    section.text = row.record.map { SafeText.escapedLines($0.replacing("\t", with: " ")) }
    return section
  }

  private func values() -> Explanation.Section {
    var section = Explanation.Section("values", "Its values")
    section.facts = row.values.map {
      .init($0.field.name, $0.field.name, SafeText.shown($0.text, bytesMax: 1000))
    }
    return section
  }

  /// The row as one of several that have the id: where it is, where it ended, and what was found.
  func round() throws -> Explanation.Fact {
    let bucket = try open.ledger.history(of: row.key).last?.fate.bucket ?? .rejected
    let codes = Set(try ownFindings().own.map(\.code)).sorted().map(\.rawValue)
    return .init(
      "row", "\(row.feed.period.text), \(row.feed.name):\(row.place.line)", bucket.name,
      note: codes.isEmpty ? nil : codes.joined(separator: " "))
  }

  /// The findings of the row, and those of its whole feed.
  private func ownFindings() throws -> (own: [Finding], log: FindingLog) {
    let shown = SafeText.shown(id)
    let log = try open.ledger.findings(of: row.feed, limit: .max)
    let own = log.listed.filter { finding in
      let offset = finding.byteOffset ?? 0
      return finding.earningId == shown && offset >= row.place.byteOffset ?? 0
        && offset < row.nextOffset ?? .max
    }
    return (own, log)
  }

  private func findings() throws -> Explanation.Section {
    var section = Explanation.Section("findings", "Findings")
    let (own, log) = try ownFindings()
    section.facts = own.map { finding in
      let place = "\(finding.line ?? 0):\(finding.column ?? 0)"
      return .init(
        finding.code.rawValue, "\(finding.code.rawValue) at \(place)", finding.message,
        note: finding.remedy)
    }
    if own.isEmpty {
      let note = log.leftOut > 0 ? "\(log.leftOut) of the feed are not listed" : nil
      section.facts = [.init("none", "findings", "none", note: note)]
    }
    return section
  }

  private func ended(_ history: [LedgerFateChange]) -> Explanation.Section {
    var section = Explanation.Section("bucket", "Where the row ended")
    section.facts = history.map { change in
      let reasons = change.fate.reasons.codes.map(\.rawValue).joined(separator: " ")
      let followed = change.followedDay.map { "takes back an earning of \($0.text)" }
      return .init(
        "bucket", change.period.text, change.fate.bucket?.name ?? "not decided",
        note: reasons.isEmpty ? followed : reasons)
    }
    return section
  }

  /// The row that counts instead of this one.
  private func counted() throws -> Explanation.Section {
    var section = Explanation.Section("counted", "What counts instead")
    for known in try open.ledger.knownRows(earningId: id) where !known.isReference {
      guard known.key != row.key,
        let bucket = try open.ledger.history(of: known.key).last?.fate.bucket,
        bucket != .duplicate, bucket != .rejected
      else { continue }
      section.facts.append(
        .init(
          "row", "the row that counts", "\(open.feed(known.key.feed).name):\(known.line)",
          note: bucket.name))
    }
    return section
  }

  // MARK: The calculation

  /// The last period in which the row was, or is, assessed.
  private func lastAssessment() throws -> Period {
    let current = try open.openPeriod()
    guard let decoded = try DecodedRow(row, open.workspace, open.paths) else { return current }
    let days = open.workspace.plans[decoded.program].disputeDays
    let end = decoded.day.advanced(by: days).period
    return max(row.feed.period, min(current, max(end, decoded.day.period)))
  }

  private func settled(in period: Period) throws -> [Explanation.Section] {
    let partner = row.text(.participantId)
    let drawn = try ExplainedPartner.draw(partner, in: period, asOf: asOf, open)
    guard let drawn, let decoded = try DecodedRow(row, drawn.workspace, open.paths) else {
      var section = Explanation.Section("lost", "Not to be drawn again")
      section.facts = [
        .init("lost", "registry or plans", "no longer know the partner, program or lever")
      ]
      return [section]
    }
    let found = drawn.line(of: row.key)
    var sections = [eligibility(drawn, decoded, found?.line)]
    guard let found, found.settlement.lines.contains(where: { $0.isOf(row.key) }) else {
      return sections
    }
    let line = ExplainLine(
      drawn: drawn, row: row, decoded: decoded, line: found.line,
      settlement: found.settlement)
    sections += line.sections()
    sections += try ExplainBalance(drawn: drawn, settlement: found.settlement).sections()
    return sections
  }

  private func eligibility(
    _ drawn: ExplainedPartner, _ decoded: DecodedRow, _ line: EarningLine?
  ) -> Explanation.Section {
    var (reasons, section) = ExplainEligibility(
      workspace: drawn.workspace, partner: decoded.partner, program: decoded.program,
      day: decoded.day
    ).section()
    let plan = drawn.plans[decoded.program]
    let lastDay = drawn.period.lastDay
    if decoded.day > lastDay {
      section.facts.insert(
        .init(
          "notYetDue", "not yet due", "\(decoded.day.text) > \(lastDay.text)",
          note: "taken up when \(decoded.day.period.text) is open"), at: 0)
    }
    if let day = drawn.followedDay(of: row.key) {
      section.facts.insert(
        .init(
          "follows", "takes back", row.text(.relatedEarningId),
          note: "an accepted earning of \(day.text): eligible as that one is"), at: 0)
      reasons = []
    }
    let isAccepted = line.map { $0.record.reasons.isEmpty } ?? false
    if isAccepted, !reasons.isEmpty {
      section.facts.append(
        .init(
          "decided", "decided earlier", "accepted stays accepted",
          note: "the registry has changed since the row was taken in"))
    }
    if !isAccepted, decoded.day <= lastDay {
      let until = decoded.day.advanced(by: plan.disputeDays).text
      section.facts.append(
        .init(
          "disputeBy", "assessed again until", until,
          note: "\(decoded.day.text) + \(plan.disputeDays) days (disputeDays)"))
    }
    return section
  }
}

extension EarningLine {
  /// Whether the line is about this row.
  func isOf(_ key: RowKey) -> Bool { record.feed == key.feed && record.row == key.row }
}

extension SafeText {
  /// Text of several lines with everything but line ends made safe.
  static func escapedLines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      SafeText.escaped(line.hasSuffix("\r") ? String(line.dropLast()) : String(line))
    }.joined(separator: "\n")
  }
}
