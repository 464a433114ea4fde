import ByteStreams
import Domain
import ExactMoney
import Feeds
import Ledger
import Workspace

/// Tells what is known of a feed that was taken in.
struct ExplainFeed {
  let open: ExplainWorkspace
  let feed: LedgerFeed

  private func file() throws(RunFailure) -> FeedFile {
    try open.paths.file(of: feed, limits: open.workspace.configuration.limits)
  }

  /// - Throws: ``RunFailure``; ``FileError``; what the ledger throws.
  func meaning() throws -> Explanation.Meaning {
    Explanation.Meaning(
      .feed, "Feed \(SafeText.shown(feed.name, bytesMax: 200))", period: feed.period.text,
      sections: [takenIn(), try buckets(), findings(), try controlTotals()])
  }

  private func takenIn() -> Explanation.Section {
    var section = Explanation.Section("takenIn", "Taken in")
    section.facts = [
      .init("period", "in the period", feed.period.text, note: "as feed \(feed.number)"),
      .init("deliveredAs", "delivered as", feed.deliveredAs),
      .init("archive", "archived as", "archive/\(feed.period.text)/\(feed.name)"),
      .init("sha256", "SHA-256", feed.digest.hex),
    ]
    if let id = feed.feedId { section.facts.append(.init("feedId", "feedId", SafeText.shown(id))) }
    if let profile = feed.profile {
      section.facts.append(.init("profile", "read by the profile", SafeText.shown(profile.name)))
    }
    return section
  }

  private func buckets() throws -> Explanation.Section {
    let counts = try open.ledger.buckets(of: feed)
    var section = Explanation.Section("buckets", "Rows by bucket, as they stand now")
    section.facts = [.init("rows", "rows", String(feed.rows))]
    section.facts += Bucket.allCases.map { .init($0.name, $0.name, String(counts[$0] ?? 0)) }
    guard counts.values.reduce(0, +) == feed.rows else {
      throw RunFailure(
        .sumsDisagree, "feed \(feed.name) has \(feed.rows) rows, and not as many in buckets")
    }
    return section
  }

  private func findings() -> Explanation.Section {
    var section = Explanation.Section("findings", "Findings")
    section.facts = feed.findings.sorted { $0.key < $1.key }.map { code, count in
      .init(code, code, String(count), note: FindingCode(rawValue: code)?.text.title)
    }
    if feed.findings.isEmpty { section.facts = [.init("none", "findings", "none")] }
    return section
  }

  /// Read again from the archive, and compared with the rows that are there.
  private func controlTotals() throws -> Explanation.Section {
    var section = Explanation.Section("controlTotals", "Control totals")
    let (control, totals) = try readTotals()
    guard let control else {
      section.facts = [
        .init("none", "announced", "none: a feed cut at a line end could not be told")
      ]
      return section
    }
    if let rows = control.rows {
      section.facts.append(
        .init("rows", "rows announced", String(rows), note: "the feed has \(totals.rows)"))
    }
    for (code, sum) in (control.sums ?? [:]).sorted(by: { $0.key < $1.key }) {
      guard let currency = Currency(code) else { continue }
      let found = totals.sums[Int(currency.index)].text(decimals: currency.minorDigits)
      section.facts.append(
        .init(
          "total", "\(code) announced", sum.text(decimals: currency.minorDigits),
          note: "the rows add up to \(found)"))
    }
    return section
  }

  private func readTotals() throws -> (ControlTotals?, FeedTotals) {
    let file = try file()
    var totals = FeedTotals()
    try open.paths.prove(feed)
    do {
      var decoder = RowDecoder(
        feed: file, registry: open.workspace.registry, plans: open.workspace.plans)
      func take(_ batch: inout EarningBatch) {
        var findings = FindingLog(limit: 0)
        decoder.decode(&batch, findings: &findings)
        totals.add(batch)
      }
      let contents = try FeedReading.read(file, identify: { _ in }, body: take)
      if let control = contents.control { return (control, totals) }
      let sidecar = file.path + ".control.json"
      guard FileSystem.kind(sidecar) == .file else { return (nil, totals) }
      let json = try FileSystem.readFile(sidecar, limit: 1 << 24)
      return (try ControlSidecar(json: json, feed: file).control, totals)
    } catch let refusal as FeedRefusal {
      throw RunFailure(
        .inputOutput, "the archived feed \(file.path) cannot be read: \(refusal.finding.message)")
    }
  }
}
