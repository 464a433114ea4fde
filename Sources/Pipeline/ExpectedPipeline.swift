import ByteStreams
import CSV
package import Domain
import ExactMoney
import Ledger
import Workspace

/// What a partner's list is compared with.
package struct ExpectedRequest: Sendable {
  package var root: String
  /// The list, a CSV.
  package var file: String
  package var participantId: String
  /// Nil = the open one.
  package var period: Period?

  package init(root: String, file: String, participantId: String, period: Period?) {
    self.root = root
    self.file = file
    self.participantId = participantId
    self.period = period
  }
}

/// Compares a partner's own list of expected earnings with what is on its statement, and says per line
/// why they differ. Nothing is written.
package struct ExpectedPipeline {
  private let request: ExpectedRequest

  package init(_ request: ExpectedRequest) {
    self.request = request
  }

  /// What was compared.
  package struct Report: Sendable {
    /// A CSV.
    package var table: [UInt8]
    package var counts: [(state: String, lines: Int)]
    package var isSame: Bool

    /// The one line for the log of who asked for it.
    package func summary(exit code: Int32) -> String {
      let shown = counts.map { "\($0.state)=\($0.lines)" }.joined(separator: " ")
      return "reconcile feed \(shown) exit=\(code)\n"
    }
  }

  /// Compares.
  ///
  /// - Throws: ``RunFailure``: 66 if there is no such file, partner or period, 78 if the list cannot
  ///   be read.
  package func compare() throws(RunFailure) -> Report {
    do {
      let expected = try read()
      let view = try StatementPipeline(
        root: request.root, participantId: request.participantId, period: request.period,
        asOf: nil
      ).run()
      let open = try ExplainWorkspace.open(root: request.root)
      let ours = Self.ours(view)
      let others = Set(expected.map(\.earningId)).subtracting(ours.keys)
      let comparison = ExpectedComparison(ours: ours, elsewhere: try elsewhere(others, open))
      let lines = try comparison.lines(expected)
      try open.checkUnchanged()
      return Report(lines)
    } catch {
      throw RunFailure(error)
    }
  }

  private func read() throws -> [ExpectedEarning] {
    guard FileSystem.kind(request.file) == .file else {
      throw RunFailure(.noInput, "\(SafeText.escaped(request.file)) is no file")
    }
    let bytes = try FileSystem.readFile(request.file)
    let (earnings, findings) = ExpectedEarningsFile.read(bytes, name: request.file)
    guard findings.isEmpty else {
      throw RunFailure(
        .configuration, "the list has errors: nothing was compared", findings: findings)
    }
    return earnings
  }

  /// The earnings of a statement by their ids.
  private static func ours(_ view: StatementView) -> [String: ExpectedComparison.Ours] {
    var ours: [String: ExpectedComparison.Ours] = [:]
    for line in view.balances.flatMap(\.lines) {
      guard let id = line.earningId, ["earning", "capped", "ineligible"].contains(line.lineType)
      else { continue }
      let amount = line.earnedAmount.flatMap { ExactAmount($0) } ?? .zero
      if line.lineType == "capped" {
        ours[id]?.capped = amount
        continue
      }
      ours[id] = ExpectedComparison.Ours(
        amount: amount, currency: line.earnedCurrency ?? line.transactionCurrency ?? "",
        isEligible: line.lineType == "earning", rate: line.rate ?? "",
        reasons: words(line.reasonCodes ?? ""), source: line.source ?? "")
    }
    return ours
  }

  /// Codes with what they mean.
  private static func words(_ codes: String) -> String {
    codes.split(separator: " ").map { code in
      FindingCode(rawValue: String(code)).map { "\($0.rawValue) \($0.text.title)" } ?? String(code)
    }.joined(separator: "; ")
  }

  /// Where earnings are that are not on the statement; each feed is read once for all of them.
  private func elsewhere(
    _ ids: Set<String>, _ open: ExplainWorkspace
  ) throws -> [String: ExpectedComparison.Elsewhere] {
    var rows: [UInt32: [(id: String, row: Ledger.KnownRow)]] = [:]
    for id in ids {
      for row in try open.ledger.knownRows(earningId: id) where !row.isReference {
        rows[row.key.feed, default: []].append((id, row))
      }
    }
    let limits = open.workspace.configuration.limits
    var found: [String: ExpectedComparison.Elsewhere] = [:]
    for (number, rows) in rows.sorted(by: { $0.key < $1.key }) {
      let feed = open.feed(number)
      let owners = try ExplainRows(paths: open.paths, limits: limits).participants(
        of: feed, earningIds: Set(rows.map(\.id)))
      for (id, row) in rows.sorted(by: { $0.row.key.row < $1.row.key.row }) {
        guard owners[id]?.contains(request.participantId) == true else {
          if found[id] == nil, owners[id] != nil { found[id] = .otherPartner }
          continue
        }
        if case .own = found[id] { continue }
        guard let last = try open.ledger.history(of: row.key).last else { continue }
        let place = "\(SafeText.shown(feed.name)):\(row.line)"
        found[id] = .own(
          "\(last.fate.bucket?.name ?? "taken in") in \(last.period.text), from \(place)")
      }
    }
    return found
  }
}

extension ExpectedPipeline.Report {
  init(_ lines: [ExpectedComparison.Line]) {
    var csv = CSVWriter()
    csv.header([
      "line", "earningId", "expected", "earned", "currency", "difference", "state", "why",
    ])
    for line in lines {
      csv.plain(line.line.map(String.init) ?? "")
      csv.text(line.earningId)
      for text in [line.expected, line.earned, line.currency, line.difference, line.state.rawValue]
      {
        csv.plain(text)
      }
      csv.text(line.why)
      csv.endRecord()
    }
    table = csv.bytes
    counts = ExpectedComparison.State.allCases.map { state in
      (state.rawValue, lines.count { $0.state == state })
    }
    isSame = lines.allSatisfy { $0.state == .same }
  }
}
