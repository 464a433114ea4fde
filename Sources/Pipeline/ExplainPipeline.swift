import ByteStreams
package import Domain
import Ledger
import Workspace

/// What is to be explained.
package struct ExplainRequest: Sendable {
  /// An earning, partner, payment, feed or finding code.
  package var id: String
  /// Nil where there is no workspace: then only finding codes are known.
  package var root: String?
  /// Of a partner; nil = the open one.
  package var period: Period?
  package var asOf: Day?

  package init(id: String, root: String?) {
    self.id = id
    self.root = root
  }
}

/// Finds what an id means and explains all of it.
package struct ExplainPipeline {
  private let request: ExplainRequest
  private var id: String { request.id }

  package init(_ request: ExplainRequest) {
    self.request = request
  }

  /// Explains.
  ///
  /// - Throws: ``RunFailure``; with code 66 if the id means nothing that is known.
  package func run() throws(RunFailure) -> Explanation {
    let code = FindingCode(rawValue: id.uppercased())
    guard let root = request.root else {
      guard let code else {
        throw RunFailure(
          .noInput,
          "\(SafeText.shown(id)) is no finding code, and there is no payout.yaml here or above:"
            + " name a workspace with --workspace")
      }
      return Explanation(id: id, meanings: [ExplainPipeline.meaning(code)])
    }
    do {
      return try run(root: root, code)
    } catch let failure as RunFailure where code != nil && failure.code != .locked {
      // A code explains itself, whatever state the workspace is in.
      return Explanation(id: id, meanings: code.map { [ExplainPipeline.meaning($0)] } ?? [])
    } catch {
      throw RunFailure(error)
    }
  }

  private func run(root: String, _ code: FindingCode?) throws -> Explanation {
    let open = try ExplainWorkspace.open(root: root)
    var meanings = code.map { [ExplainPipeline.meaning($0)] } ?? []
    meanings += try partner(open)
    if let payment = try ExplainPayment(
      open: open, paymentId: id, asOf: request.asOf
    ).meaning() {
      meanings.append(payment)
    }
    meanings += try feeds(open)
    meanings += try earnings(open)
    try open.checkUnchanged()
    guard !meanings.isEmpty else { throw try unknown(open) }
    return Explanation(id: id, meanings: meanings)
  }

  private static func meaning(_ code: FindingCode) -> Explanation.Meaning {
    let text = code.text
    func section(_ key: String, _ title: String, _ text: String) -> Explanation.Section {
      var section = Explanation.Section(key, title)
      section.text = text
      return section
    }
    return Explanation.Meaning(
      .finding, "\(code.rawValue) (\(code.severity.rawValue)): \(text.title)",
      sections: [
        section("cause", "Why it comes", text.cause),
        section("example", "Example", text.example),
        section("remedy", "What to do", text.remedy),
      ])
  }

  private func partner(_ open: ExplainWorkspace) throws -> [Explanation.Meaning] {
    let period = try request.period ?? open.openPeriod()
    // Only what is known to the registry of the period can be drawn.
    guard try open.workspace(of: period).registry.ids.find(id) != nil,
      let drawn = try ExplainedPartner.draw(id, in: period, asOf: request.asOf, open)
    else { return [] }
    return [try ExplainPartner(drawn: drawn).meaning()]
  }

  private func feeds(_ open: ExplainWorkspace) throws -> [Explanation.Meaning] {
    let isDigest = id.utf8.count >= 8 && id.allSatisfy(\.isHexDigit)
    return try open.ledger.feeds.filter { feed in
      feed.name == id || feed.deliveredAs == id || feed.feedId == id
        || isDigest && feed.digest.hex.hasPrefix(id.lowercased())
    }.map { try ExplainFeed(open: open, feed: $0).meaning() }
  }

  // MARK: Earnings

  private func earnings(_ open: ExplainWorkspace) throws -> [Explanation.Meaning] {
    let known = try open.ledger.knownRows(earningId: id)
    let rows = ExplainRows(paths: open.paths, limits: open.workspace.configuration.limits)
    var found = EarningRows(counted: try counted(known, open))
    for feed in try feeds(known, open) { try rows.add(feed, earningId: id, to: &found) }
    let takenBack = try takenBack(known, open)
    var meanings = try found.shown.map { row in
      var meaning = try ExplainEarning(open: open, row: row, asOf: request.asOf).meaning()
      if let takenBack { meaning.sections.append(takenBack) }
      return meaning
    }
    // What was corrected and sent again is told with what was wrong with it before.
    guard meanings.count > 1 else { return meanings }
    let history = try history(found, open)
    for number in meanings.indices { meanings[number].sections.insert(history, at: 0) }
    return meanings
  }

  /// The feeds that may have rows with the id.
  private func feeds(_ known: [Ledger.KnownRow], _ open: ExplainWorkspace) throws -> [LedgerFeed] {
    let shown = SafeText.shown(id)
    return try open.ledger.feeds.filter { feed in
      if known.contains(where: { $0.key.feed == feed.number && !$0.isReference }) { return true }
      guard !feed.findings.isEmpty else { return false }
      // Rejected rows and duplicates are known by their findings only.
      let log = try open.ledger.findings(of: feed, limit: .max)
      return log.leftOut > 0 || log.listed.contains { $0.earningId == shown }
    }
  }

  private func history(
    _ found: EarningRows, _ open: ExplainWorkspace
  ) throws -> Explanation.Section {
    var section = Explanation.Section("history", "All rows with this id, as they were sent")
    section.facts = try found.shown.map {
      try ExplainEarning(open: open, row: $0, asOf: request.asOf).round()
    }
    if found.leftOut > 0 {
      section.facts.append(
        .init(
          "leftOut", "and more rows", String(found.leftOut),
          note: "rejected or duplicates, not shown one by one: errors.csv and rejects/ have them"))
    }
    return section
  }

  /// The row with the id that counts; all others were rejected or are duplicates.
  private func counted(_ known: [Ledger.KnownRow], _ open: ExplainWorkspace) throws -> RowKey? {
    try known.first { row in
      guard !row.isReference else { return false }
      switch try open.ledger.history(of: row.key).last?.fate.bucket {
      case .accepted, .ineligible, .notYetDue: return true
      case .duplicate, .rejected, nil: return false
      }
    }?.key
  }

  /// The rows that refer to the earning.
  private func takenBack(
    _ known: [Ledger.KnownRow], _ open: ExplainWorkspace
  ) throws -> Explanation.Section? {
    let references = known.filter(\.isReference)
    guard !references.isEmpty else { return nil }
    var section = Explanation.Section("references", "Rows that refer to it")
    section.facts = try references.map { reference in
      .init(
        "row", "row", "\(open.feed(reference.key.feed).name):\(reference.line)",
        note: try open.ledger.history(of: reference.key).last?.fate.bucket?.name)
    }
    return section
  }

  // MARK: Unknown ids

  private func unknown(_ open: ExplainWorkspace) throws -> RunFailure {
    var nearest = ExplainNearest(id)
    for code in FindingCode.allCases { nearest.add(code.rawValue) }
    for partner in open.workspace.registry.partners { nearest.add(partner.participantId) }
    for feed in open.ledger.feeds {
      nearest.add(feed.name)
      if let feedId = feed.feedId { nearest.add(feedId) }
    }
    for close in open.ledger.closes {
      for payment in try open.ledger.payments(of: close.period) { nearest.add(payment.paymentId) }
    }
    try addEarnings(open, &nearest)
    let names = nearest.found.map { SafeText.shown($0.name, bytesMax: 200) }
    return RunFailure(
      .noInput,
      "\(SafeText.shown(id)) is no earning, partner, payment, feed or finding code that is known"
        + (names.isEmpty ? "" : "; near it: " + names.joined(separator: ", ")))
  }

  /// The ids of the feeds taken in last, as many as are quickly read.
  private func addEarnings(_ open: ExplainWorkspace, _ nearest: inout ExplainNearest) throws {
    var rest = 1_000_000
    let rows = ExplainRows(paths: open.paths, limits: open.workspace.configuration.limits)
    for feed in open.ledger.feeds.reversed() {
      rest -= feed.rows
      guard rest >= 0 else { return }
      try rows.forEachId(of: feed) { nearest.add($0) }
    }
  }
}
